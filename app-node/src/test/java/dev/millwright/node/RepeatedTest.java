package dev.millwright.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class RepeatedTest {
    @Test
    void itGoesOnWhateverItsWorkThrows() throws Exception {
        Queue<Throwable> faults =
                new ConcurrentLinkedQueue<>(
                        List.of(new IllegalStateException("one"), new NoClassDefFoundError("two")));
        CountDownLatch well = new CountDownLatch(1);
        Duration soon = Duration.ofMillis(1);
        try (Repeated _ =
                Repeated.start(
                        "look",
                        soon,
                        soon,
                        () -> {
                            switch (faults.poll()) {
                                case RuntimeException failed -> throw failed;
                                case Error failed -> throw failed;
                                case null, default -> well.countDown();
                            }
                        })) {
            assertThat(well.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
