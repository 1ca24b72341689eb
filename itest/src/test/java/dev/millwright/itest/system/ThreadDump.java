package dev.millwright.itest.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// What the threads of a JVM are doing, for whoever has to find out why it hangs.
final class ThreadDump {
    private static final long SECONDS = 20;

    private ThreadDump() {}

    /// Write it to the end of a log; nothing is written when the JVM does not answer in time.
    static void append(Process jvm, Path log) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process telling =
                new ProcessBuilder(jcmd.toString(), Long.toString(jvm.pid()), "Thread.print")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        try {
            var _ = telling.waitFor(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        telling.destroyForcibly();
    }
}
