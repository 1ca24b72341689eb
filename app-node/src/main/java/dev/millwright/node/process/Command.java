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
        Process process = start();
        return finish(process, process.getInputStream(), watch);
    }

    /// The same, with what it prints handed on as it comes, and none of it in the result. When the
    /// stream throws, the tool cannot print any more.
    public CommandResult run(OutputStream printed) throws InterruptedException {
        Process process = start();
        Thread handing =
                Thread.ofVirtual()
                        .name("command-output")
                        .start(() -> hand(process.getInputStream(), printed));
        CommandResult result = finish(process, InputStream.nullInputStream(), Watch.NONE);
        var _ = handing.join(timeout);
        return result;
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

    private CommandResult finish(Process process, InputStream printed, Watch watch)
            throws InterruptedException {
        Collected out = Collected.from(printed, OUT_LIMIT);
        Collected err = Collected.from(process.getErrorStream(), ERR_LIMIT);
        try {
            boolean inTime = await(process, watch);
            if (process.isAlive()) {
                kill(process);
                process.waitFor();
            }
            return new CommandResult(process.exitValue(), !inTime, out.text(), err.text());
        } catch (InterruptedException stopped) {
            kill(process);
            // Whoever cleans up after it must not meet it
            process.waitFor(LAST.toMillis(), TimeUnit.MILLISECONDS);
            throw stopped;
        }
    }

    /// Until it has ended, or the watch says no; false when the time is over before.
    private boolean await(Process process, Watch watch) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
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

    private static void hand(InputStream printed, OutputStream on) {
        try (printed) {
            printed.transferTo(on);
        } catch (IOException refused) {
            // The tool notices that nobody reads any more
        }
    }

    private static void kill(Process process) {
        // The tool first: it must not go on because its children are gone
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /// Reads a stream to its end on a thread of its own and keeps the last part.
    private static final class Collected implements Runnable {
        private final InputStream stream;
        private final int limit;
        private final Thread thread;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private Collected(InputStream stream, int limit) {
            this.stream = stream;
            this.limit = limit;
            this.thread = Thread.ofVirtual().name("command-output").unstarted(this);
        }

        static Collected from(InputStream stream, int limit) {
            Collected collected = new Collected(stream, limit);
            collected.thread.start();
            return collected;
        }

        @Override
        public void run() {
            try (stream) {
                byte[] buffer = new byte[8192];
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    keep(buffer, n);
                }
            } catch (IOException closed) {
                // The process was killed; what has been read is all there is
            }
        }

        private synchronized void keep(byte[] more, int length) {
            bytes.write(more, 0, length);
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

        /// What the tool printed. A daemon that it started may hold the stream open for ever.
        String text() throws InterruptedException {
            var _ = thread.join(STRAY_OUTPUT);
            synchronized (this) {
                return new String(end(), UTF_8);
            }
        }
    }
}
