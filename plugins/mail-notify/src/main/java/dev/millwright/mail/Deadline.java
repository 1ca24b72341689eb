package dev.millwright.mail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Ends a conversation that takes too long as a whole, even when each answer of the other side
/// comes in time: on a virtual thread an interrupt closes the socket that is waited for.
final class Deadline {
    private Deadline() {}

    /// Throws what the work throws, and [TimeoutException].
    static <T> T within(Duration longest, Callable<T> work)
            throws InterruptedException, ExecutionException, TimeoutException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofVirtual().name("mail").start(task);
        try {
            return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            if (!task.isDone()) {
                task.cancel(true);
                var _ = thread.join(Duration.ofSeconds(2));
            }
        }
    }
}
