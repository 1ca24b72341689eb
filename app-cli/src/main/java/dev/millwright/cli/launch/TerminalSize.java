package dev.millwright.cli.launch;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How much fits on the terminal.
public record TerminalSize(int columns, int rows) {
    /// What is taken when nobody can tell.
    public static final TerminalSize DEFAULT = new TerminalSize(80, 24);

    private static final Duration FRESH = Duration.ofSeconds(1);

    /// Ask the terminal again from time to time, because people change its size.
    public static Supplier<TerminalSize> watched(Map<String, String> environment) {
        return new Supplier<>() {
            private @Nullable TerminalSize known;
            private long askedAt;

            @Override
            public synchronized TerminalSize get() {
                long now = System.nanoTime();
                TerminalSize last = known;
                if (last == null || now - askedAt > FRESH.toNanos()) {
                    last = ask().or(() -> of(environment)).orElse(DEFAULT);
                    known = last;
                    askedAt = System.nanoTime();
                }
                return last;
            }
        };
    }

    private static Optional<TerminalSize> of(Map<String, String> environment) {
        return parse(
                environment.getOrDefault("LINES", "24")
                        + " "
                        + environment.getOrDefault("COLUMNS", ""));
    }

    private static Optional<TerminalSize> ask() {
        try {
            Process process =
                    new ProcessBuilder(List.of("stty", "size"))
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (var answer = process.inputReader()) {
                String line = answer.readLine();
                process.waitFor(1, TimeUnit.SECONDS);
                return line == null ? Optional.empty() : parse(line);
            }
        } catch (IOException missing) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Read `ROWS COLUMNS`.
    static Optional<TerminalSize> parse(String text) {
        String[] parts = text.strip().split(" ", 2);
        try {
            int rows = Integer.parseInt(parts[0]);
            int columns = parts.length == 2 ? Integer.parseInt(parts[1]) : 0;
            return rows > 0 && columns > 0
                    ? Optional.of(new TerminalSize(columns, rows))
                    : Optional.empty();
        } catch (NumberFormatException malformed) {
            return Optional.empty();
        }
    }
}
