package dev.millwright.server.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.RunId;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WakeupJobHandlerTest {
    private static final WakeupJob JOB =
            WakeupJob.of(new Wakeup.AdvanceRun(new RunId(UUID.randomUUID())));

    @Test
    void anInterruptOfTheQueuesThreadDoesNotReachTheWork() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Boolean> undisturbed = new CompletableFuture<>();
        WakeupJobHandler handler =
                new WakeupJobHandler(_ -> {
                    working.countDown();
                    try {
                        undisturbed.complete(goOn.await(20, TimeUnit.SECONDS));
                    } catch (InterruptedException disturbed) {
                        undisturbed.complete(false);
                    }
                });
        Thread queue =
                Thread.ofVirtual()
                        .start(() ->
                                assertThatThrownBy(() -> handler.run(JOB))
                                        .isInstanceOf(InterruptedException.class));

        working.await();
        queue.interrupt();
        queue.join();
        goOn.countDown();

        assertThat(undisturbed.get()).isTrue();
    }

    @Test
    void whatFailsIsTold() {
        WakeupJobHandler handler =
                new WakeupJobHandler(_ -> {
                    throw new IllegalArgumentException("no");
                });

        assertThatThrownBy(() -> handler.run(JOB))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
    }
}
