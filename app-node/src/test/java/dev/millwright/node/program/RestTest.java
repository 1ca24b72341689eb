package dev.millwright.node.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestTest {
    private static final long MB = 1 << 20;

    private final Heap heap = new Heap();
    private boolean idle = true;
    private final Rest rest = new Rest(() -> idle, heap);

    private static final class Heap implements Rest.Memory {
        long taken = 60 * MB;
        int collections;

        @Override
        public long taken() {
            return taken;
        }

        @Override
        public void collect() {
            collections++;
            taken = 10 * MB;
        }
    }

    @Test
    void memoryIsGivenBackOnceAfterTheStart() {
        rest.look();
        assertThat(heap.collections).isZero();
        rest.look();
        assertThat(heap.collections).isOne();
        rest.look();
        heap.taken += MB / 2;
        rest.look();
        assertThat(heap.collections).isOne();
    }

    @Test
    void memoryIsGivenBackAgainAfterWork() {
        rest.look();
        rest.look();
        heap.taken = 50 * MB;
        rest.look();
        assertThat(heap.collections).isEqualTo(2);
        assertThat(heap.taken).isEqualTo(10 * MB);
    }

    @Test
    void nothingIsStoppedWhileThereIsWorkOrBetweenTwoSteps() {
        for (int i = 0; i < 5; i++) {
            idle = false;
            rest.look();
            idle = true;
            rest.look();
        }
        assertThat(heap.collections).isZero();
    }
}
