package dev.millwright.node.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signals to a whole process group, which Java cannot send by itself.
///
/// In the first moments of a supervisor there is no group yet, because it has still to make one:
/// then the signal goes to the process alone, which has started nothing so far.
final class ProcessGroup {
    private static final Logger log = LoggerFactory.getLogger(ProcessGroup.class);

    private ProcessGroup() {}

    /// TERM, and CONT so that a stopped process gets to see it.
    static void terminate(long group) throws InterruptedException {
        shell("kill -s TERM -- -$1 && kill -s CONT -- -$1 || kill -s TERM $1", group);
    }

    static void kill(long group) throws InterruptedException {
        shell("kill -s KILL -- -$1 || kill -s KILL $1", group);
    }

    private static void shell(String text, long group) throws InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh", "-c", text, "kill", Long.toString(group));
        builder.redirectInput(SupervisorScript.NOTHING);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            builder.start().waitFor(10, TimeUnit.SECONDS);
        } catch (IOException unable) {
            // The sweep that follows needs no further process
            log.warn("Cannot signal process group {}", group, unable);
        }
    }
}
