package dev.millwright.cli.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A folder that is gone when its work is done.
public final class TemporaryFolder {
    private static final long PAUSE_NANOS = 20_000_000;
    private static final int TRIES = 25;

    private TemporaryFolder() {}

    public static Path create(String prefix) {
        try {
            return Files.createTempDirectory(prefix).toRealPath();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /// Delete it with all that is in it. Processes that just end may still write there, so it is
    /// tried a few times; what is left after that lies among the temporary files and hurts nobody.
    public static void delete(Path folder) {
        for (int i = 0; i < TRIES && Files.exists(folder); i++) {
            try (Stream<Path> below = Files.walk(folder)) {
                List<Path> paths = below.sorted(Comparator.reverseOrder()).toList();
                for (Path path : paths) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException | UncheckedIOException changing) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /// Wait for a moment until others have tidied up a folder; goes on when they do not.
    public static void awaitEmpty(Path folder) {
        for (int i = 0; i < TRIES && Files.exists(folder); i++) {
            try (Stream<Path> inside = Files.list(folder)) {
                if (inside.findAny().isEmpty()) {
                    return;
                }
            } catch (IOException | UncheckedIOException changing) {
                // It is being looked at again.
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
