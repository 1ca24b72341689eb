package dev.millwright.server.queue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/// Where JobRunr hands a job to us. Any thread.
///
/// JobRunr interrupts the thread of a job whose row somebody deletes, and may hit the next one. In
/// the middle of a commit that would break the connection, so wake-ups are handled on a thread of
/// their own.
public final class WakeupJobHandler implements JobRequestHandler<WakeupJob> {
    private final WakeupHandler handler;

    WakeupJobHandler(WakeupHandler handler) {
        this.handler = handler;
    }

    @Override
    public void run(WakeupJob job) throws InterruptedException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().name(job.kind() + "-" + job.target()).start(() -> handle(job, done));
        try {
            done.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failed.getCause());
        }
    }

    private void handle(WakeupJob job, CompletableFuture<Void> done) {
        try {
            handler.handle(job.toWakeup());
            done.complete(null);
        } catch (RuntimeException | Error failed) {
            done.completeExceptionally(failed);
        }
    }
}
