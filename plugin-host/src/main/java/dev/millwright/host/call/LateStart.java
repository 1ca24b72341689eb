package dev.millwright.host.call;

import dev.millwright.host.use.PluginCallException;
import dev.millwright.host.use.Use;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Runner;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One start of work by a plugin, whose caller may be told to stop, or lose patience, in the same
/// moment. What the plugin has begun then is ended, since nobody else knows of it.
///
/// Called from any thread.
final class LateStart {
    private final Use<Runner<?>> use;
    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable Execution begun;
    private boolean beginning;
    private boolean unwanted;

    LateStart(Use<Runner<?>> use) {
        this.use = use;
    }

    /// On the plugin's thread.
    Execution begin(Callable<Execution> start) throws Exception {
        synchronized (this) {
            if (unwanted) {
                throw new InterruptedException();
            }
            beginning = true;
        }
        boolean started = false;
        try {
            Execution work = start.call();
            started = true;
            begun(work);
            return work;
        } finally {
            if (!started) {
                over.countDown();
            }
        }
    }

    private synchronized void begun(Execution work) {
        begun = work;
        if (unwanted) {
            end(work);
        }
    }

    /// The caller does not get it any more.
    synchronized void unwanted() {
        unwanted = true;
        if (begun != null) {
            end(begun);
        } else if (!beginning) {
            over.countDown();
        }
    }

    /// Wait until nothing is left of what is unwanted, or that time is over.
    void awaitOver(Duration patience) throws InterruptedException {
        var _ = over.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void end(Execution work) {
        var _ = Thread.ofVirtual().name("late-start").start(() -> endNow(work));
    }

    private void endNow(Execution work) {
        try {
            HostedRunner.Held held = new HostedRunner.Held(use.hold(), work, use);
            held.stop(Duration.ZERO);
            var _ = held.await();
        } catch (PluginCallException gone) {
            // With the plugin went whatever could have ended it
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            over.countDown();
        }
    }
}
