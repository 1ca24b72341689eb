package dev.millwright.server;

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
final class TickerTest {
    @Test
    void itGoesOnWhateverItsWorkThrowsUntilItIsClosed() throws Exception {
        Queue<Throwable> faults =
                new ConcurrentLinkedQueue<>(
                        List.of(new IllegalStateException("one"), new NoClassDefFoundError("two")));
        CountDownLatch well = new CountDownLatch(1);
        Thread[] of = new Thread[1];
        Ticker ticker =
                Ticker.start(
                        "look",
                        () -> {
                            of[0] = Thread.currentThread();
                            switch (faults.poll()) {
                                case RuntimeException failed -> throw failed;
                                case Error failed -> throw failed;
                                case null, default -> well.countDown();
                            }
                        });
        assertThat(well.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(of[0].getName()).isEqualTo("look");

        ticker.close();

        assertThat(of[0].join(Duration.ofSeconds(10))).isTrue();
    }
}
