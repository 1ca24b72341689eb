package dev.millwright.server;

import java.io.IOException;
import java.io.InputStream;

/// Ends the server with the process that started it, however that ended: standard input is a pipe
/// that the parent holds open and never writes to.
final class ParentWatch {
    /// Set by a parent that wants this.
    static final String VARIABLE = "MILLWRIGHT_ENDS_WITH_PARENT";

    private ParentWatch() {}

    /// Watch on a thread of its own.
    ///
    /// @param gone called once, when the parent is gone
    static void start(InputStream pipe, Runnable gone) {
        Thread.ofPlatform()
                .name("parent-watch")
                .daemon()
                .start(() -> {
                    try {
                        while (pipe.read() >= 0) {
                            // Nobody says anything here
                        }
                    } catch (IOException broken) {
                        // Just as gone
                    }
                    gone.run();
                });
    }
}
