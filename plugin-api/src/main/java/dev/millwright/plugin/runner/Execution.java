package dev.millwright.plugin.runner;

import dev.millwright.plugin.Stability;
import java.time.Duration;

/// Work that is under way. Methods are called from any thread.
@Stability(Stability.Level.STABLE)
public interface Execution {
    /// Wait for the end. Called once. When it returns, every byte of output is in the files and no
    /// process or container of the attempt is left.
    Result await() throws InterruptedException;

    /// Ask politely, wait for the grace time, then end it with force, children included. Returns
    /// without waiting for the end; calling it again does no harm.
    void stop(Duration grace);

    /// How work ended.
    sealed interface Result {
        /// It ran to its end; 0 means it succeeded.
        record Exited(int code) implements Result {}

        /// The machine or the runner could not do it or could not tell how it ended.
        ///
        /// @param cause one word such as `lost`, `out-of-memory`
        record Broken(String cause, String message) implements Result {}
    }
}
