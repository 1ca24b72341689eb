package dev.millwright.bench.server;

import dev.millwright.bench.measure.BenchException;
import dev.millwright.bench.measure.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The folder into which steps write the time at which they run. Any thread.
public record Marks(Path folder) {
    private static final long NANOS = 1_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(2);

    public static Marks create(Path folder) throws IOException {
        return new Marks(Files.createDirectories(folder));
    }

    /// Wait for a step's time.
    public Instant await(String name) throws InterruptedException {
        Path file = folder.resolve(name);
        Waiting.until("mark " + name, PATIENCE, PAUSE, () -> read(file).isPresent());
        return read(file).orElseThrow();
    }

    /// All times that were written so far.
    public List<Instant> all() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Marks::read).flatMap(Optional::stream).sorted().toList();
        } catch (IOException failed) {
            throw new BenchException("the marks cannot be read", failed);
        }
    }

    /// Empty while it is not there, or not complete.
    private static Optional<Instant> read(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            if (!text.endsWith("\n")) {
                return Optional.empty();
            }
            long nanos = Long.parseLong(text.strip());
            return Optional.of(Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS));
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }
}
