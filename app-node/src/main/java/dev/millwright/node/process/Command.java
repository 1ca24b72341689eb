package dev.millwright.node.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Run a tool such as git to its end. Called from any thread; blocks.
///
/// @param argv program and arguments; no shell is involved
/// @param directory where it runs
/// @param environment its whole environment
/// @param timeout after which it is killed with all its children
public record Command(
        List<String> argv, Path directory, Map<String, String> environment, Duration timeout) {
    private static final int OUT_LIMIT = 64 * 1024 * 1024;
    private static final int ERR_LIMIT = 16 * 1024;
    private static final Duration STRAY_OUTPUT = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofSeconds(5);

    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    /// Looks at what the tool does while it runs, on the thread that waits for it.
    public interface Watch {
        Watch NONE = () -> true;

        /// Whether the tool may go on; else it is killed with all its children.
        boolean letsGoOn();

        /// The time until it is asked.
        default Duration pause() {
            return Duration.ofDays(1);
        }
    }

    /// Throws [UncheckedIOException] when the program is not there. An interrupt kills the tool.
    public CommandResult run() throws InterruptedException {
        return run(Watch.NONE);
    }

    /// The same, until the watch says no; only the watch tells that it did.
    public CommandResult run(Watch watch) throws InterruptedException {
        Tail out = new Tail(OUT_LIMIT);
        CommandResult result = run(out, watch, false);
        return new CommandResult(result.exitCode(), result.timedOut(), out.text(), result.err());
    }

    /// The same, with what it prints handed on as it comes, and none of it in the result. When the
    /// stream throws, the tool cannot print any more. It has taken too long when not all of it
    /// could be handed on in time.
    public CommandResult run(OutputStream printed) throws InterruptedException {
        return run(printed, Watch.NONE, true);
    }

    /// @param whole whether all that it prints matters
    private CommandResult run(OutputStream out, Watch watch, boolean whole)
            throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        Process process = start();
        Tail err = new Tail(ERR_LIMIT);
        try {
            Thread printing = handing(process.getInputStream(), out);
            Thread complaining = handing(process.getErrorStream(), err);
            boolean inTime = await(process, watch, end);
            if (process.isAlive()) {
                kill(process);
                process.waitFor();
            }
            // A daemon that it started may hold the streams open for ever
            Duration left = Duration.ofNanos(end - System.nanoTime());
            boolean complete = printing.join(whole ? left : STRAY_OUTPUT);
            var _ = complaining.join(STRAY_OUTPUT);
            return new CommandResult(
                    process.exitValue(), !inTime || (whole && !complete), "", err.text());
        } finally {
            if (process.isAlive()) {
                kill(process);
                // Whoever cleans up after it must not meet it
                process.waitFor(LAST.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private Process start() {
        ProcessBuilder builder = new ProcessBuilder(argv).directory(directory.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(SupervisorScript.NOTHING));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /// Until it has ended, or the watch says no; false when the time is over before.
    private static boolean await(Process process, Watch watch, long end)
            throws InterruptedException {
        do {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            if (process.waitFor(Math.min(left, watch.pause().toNanos()), TimeUnit.NANOSECONDS)) {
                return true;
            }
        } while (end - System.nanoTime() <= 0 || watch.letsGoOn());
        return true;
    }

    /// Reads a stream to its end on a thread of its own.
    private static Thread handing(InputStream stream, OutputStream on) {
        return Thread.ofVirtual()
                .name("command-output")
                .start(() -> {
                    try (stream) {
                        stream.transferTo(on);
                    } catch (IOException closed) {
                        // Killed, or refused: then the tool notices that nobody reads any more
                    }
                });
    }

    private static void kill(Process process) {
        // The tool first: it must not go on because its children are gone
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /// Keeps the last part of what is written into it. Any thread.
    private static final class Tail extends OutputStream {
        private final int limit;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Tail(int limit) {
            this.limit = limit;
        }

        @Override
        public synchronized void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] more, int offset, int length) {
            bytes.write(more, offset, length);
            if (bytes.size() > 2 * limit) {
                byte[] end = end();
                bytes.reset();
                bytes.writeBytes(end);
            }
        }

        private byte[] end() {
            byte[] all = bytes.toByteArray();
            return Arrays.copyOfRange(all, Math.max(0, all.length - limit), all.length);
        }

        synchronized String text() {
            return new String(end(), UTF_8);
        }
    }
}
