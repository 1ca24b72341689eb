package dev.millwright.node.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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

    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    /// Throws [UncheckedIOException] when the program is not there. An interrupt kills the tool.
    public CommandResult run() throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(argv).directory(directory.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(SupervisorScript.NOTHING));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        Collected out = Collected.from(process.getInputStream(), OUT_LIMIT);
        Collected err = Collected.from(process.getErrorStream(), ERR_LIMIT);
        try {
            boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                kill(process);
                process.waitFor();
            }
            return new CommandResult(process.exitValue(), !ended, out.text(), err.text());
        } catch (InterruptedException stopped) {
            kill(process);
            throw stopped;
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /// Reads a stream to its end on a thread of its own and keeps the last part.
    private static final class Collected implements Runnable {
        private final InputStream stream;
        private final int limit;
        private final Thread thread;
        private byte[] bytes = new byte[0];

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
                byte @Nullable [] all = null;
                byte[] buffer = new byte[8192];
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    all = joined(all, buffer, n);
                }
                if (all != null) {
                    bytes = all;
                }
            } catch (IOException closed) {
                // The process was killed; what has been read is all there is
            }
        }

        private byte[] joined(byte @Nullable [] all, byte[] more, int length) {
            int have = all == null ? 0 : all.length;
            int kept = Math.min(have, Math.max(0, limit - length));
            byte[] next = new byte[kept + length];
            if (all != null) {
                System.arraycopy(all, have - kept, next, 0, kept);
            }
            System.arraycopy(more, 0, next, kept, length);
            return next;
        }

        String text() throws InterruptedException {
            thread.join();
            return new String(bytes, UTF_8);
        }
    }
}
