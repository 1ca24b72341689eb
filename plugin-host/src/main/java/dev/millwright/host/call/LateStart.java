package dev.millwright.host.call;

import dev.millwright.host.use.PluginCallException;
import dev.millwright.host.use.Use;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Runner;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Ends work that a plugin has begun although its caller was told to stop, or lost patience, in the
/// same moment: nobody else knows of it.
///
/// Called from any thread.
final class LateStart {
    private final Use<Runner<?>> use;
    private @Nullable Execution begun;
    private boolean unwanted;

    LateStart(Use<Runner<?>> use) {
        this.use = use;
    }

    /// On the plugin's thread, with what it has begun.
    synchronized Execution begun(Execution work) {
        begun = work;
        if (unwanted) {
            end(work);
        }
        return work;
    }

    /// The caller does not get it any more.
    synchronized void unwanted() {
        unwanted = true;
        if (begun != null) {
            end(begun);
        }
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
        }
    }
}
