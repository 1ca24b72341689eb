package dev.millwright.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LaneTest {
    @Test
    void noMoreThanItsWidthPassAtATimeAndInTheEndAllDo() throws Exception {
        Lane lane = new Lane(3);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<Integer>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                int number = i;
                all.add(
                        threads.submit(() ->
                                lane.pass(() -> {
                                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                    Thread.yield();
                                    inside.decrementAndGet();
                                    return number;
                                })));
            }
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(i);
            }
        }

        assertThat(most).hasValueLessThanOrEqualTo(3);
    }

    @Test
    void whoWaitsForTooLongDoesNothing() throws Exception {
        Lane lane = new Lane(1, Duration.ofMillis(50));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> first =
                    threads.submit(() ->
                            lane.pass(() -> {
                                inside.countDown();
                                return await(end);
                            }));
            assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(() -> lane.pass(done::incrementAndGet))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("50 ms");
            end.countDown();
            assertThat(first.get(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(done).hasValue(0);
        assertThat(lane.pass(done::incrementAndGet)).isEqualTo(1);
    }

    @Test
    void workThatFailsMakesRoomForTheNext() {
        Lane lane = new Lane(1);

        assertThatThrownBy(() ->
                        lane.pass(() -> {
                            throw new StoreException("broken");
                        }))
                .hasMessage("broken");

        assertThat(lane.pass(() -> 1)).isEqualTo(1);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
