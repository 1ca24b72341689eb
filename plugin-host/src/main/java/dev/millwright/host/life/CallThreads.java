package dev.millwright.host.life;

import dev.millwright.host.use.PluginCallException;
import dev.millwright.host.use.PluginCallException.Why;
import dev.millwright.model.MillwrightException;
import dev.millwright.plugin.PluginException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The threads of one plugin. Real ones, since a virtual thread that loops would take one of the
/// few that carry all others; not too many, so that a plugin that hangs cannot take all memory.
///
/// Called from any thread.
final class CallThreads implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CallThreads.class);
    private static final int MOST = 500;

    private final String plugin;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger overdue = new AtomicInteger();

    CallThreads(String plugin, ClassLoader classes) {
        this.plugin = plugin;
        ThreadFactory plain =
                Thread.ofPlatform()
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .name("plugin-" + plugin.replace(' ', '-') + "-", 0)
                        .factory();
        this.threads =
                new ThreadPoolExecutor(
                        0,
                        MOST,
                        5,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        work -> {
                            Thread thread = plain.newThread(work);
                            thread.setContextClassLoader(classes);
                            return thread;
                        });
    }

    /// How many calls go on, those past their deadline too.
    int running() {
        return running.get();
    }

    /// How many calls go on past their deadline.
    int overdue() {
        return overdue.get();
    }

    /// One call on its way.
    private final class Work<R> implements Callable<R> {
        private final Callable<R> call;
        private boolean begun;
        private boolean late;
        private boolean ended;

        Work(Callable<R> call) {
            this.call = call;
        }

        @Override
        public R call() throws Exception {
            synchronized (this) {
                begun = true;
            }
            try {
                return call.call();
            } catch (Throwable thrown) {
                throw harmless(thrown);
            } finally {
                end();
            }
        }

        private synchronized void end() {
            if (!ended) {
                ended = true;
                running.decrementAndGet();
                if (late) {
                    overdue.decrementAndGet();
                }
            }
        }

        /// Once it cannot begin any more: it was cancelled.
        synchronized void giveUp() {
            if (!begun) {
                end();
            } else if (!ended) {
                late = true;
                overdue.incrementAndGet();
            }
        }
    }

    /// Throws [PluginCallException], or what the host's own part of the call throws.
    <R> R call(String what, Duration deadline, Callable<R> call) throws InterruptedException {
        Work<R> work = new Work<>(call);
        running.incrementAndGet();
        Future<R> answer;
        try {
            answer = threads.submit(work);
        } catch (RejectedExecutionException full) {
            work.end();
            throw threads.isShutdown()
                    ? problem(Why.GONE, "was taken away")
                    : problem(Why.BUSY, "has %d calls that do not end".formatted(MOST));
        }
        try {
            return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            abandon(work, answer);
            throw problem(
                    Why.TOO_SLOW,
                    "'%s' took longer than %ss".formatted(what, deadline.toMillis() / 1_000.0));
        } catch (InterruptedException stopped) {
            abandon(work, answer);
            throw stopped;
        } catch (ExecutionException failed) {
            throw (RuntimeException) failed.getCause();
        }
    }

    private static void abandon(Work<?> work, Future<?> answer) {
        answer.cancel(true);
        work.giveUp();
    }

    /// An exception of a plugin's class would keep the plugin in memory wherever it is kept.
    private RuntimeException harmless(Throwable thrown) {
        if (thrown instanceof PluginCallException told) {
            return told;
        }
        if (thrown instanceof PluginException told) {
            return new PluginCallException(
                    Why.REFUSED, "plugin %s: %s".formatted(plugin, told.getMessage()));
        }
        if (thrown instanceof MillwrightException ours
                && thrown.getClass().getClassLoader() == getClass().getClassLoader()) {
            return ours;
        }
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        log.warn("plugin {} failed: {}", plugin, trace);
        return problem(Why.BROKEN, "failed: " + thrown);
    }

    private PluginCallException problem(Why why, String message) {
        return new PluginCallException(why, "plugin %s %s".formatted(plugin, message));
    }

    /// Interrupt what is still under way.
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
