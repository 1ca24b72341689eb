package dev.millwright.host.format;

import dev.millwright.engine.yaml.Includes;
import dev.millwright.model.Payload;
import java.util.List;
import java.util.Optional;

/// Gives a format the files beside its own for as long as one call lasts: inside the repository,
/// not too large and not too many. Called from any thread, one after the other.
final class LentFiles implements AutoCloseable {
    private static final int MOST = 200;

    private final Includes files;
    private int given;
    private boolean closed;

    LentFiles(Includes files) {
        this.files = files;
    }

    synchronized Optional<Payload> file(String path) {
        if (closed || given >= MOST || !isInside(path)) {
            return Optional.empty();
        }
        given++;
        return files.text(path)
                .map(Payload::of)
                .filter(file -> file.size() <= FileFormats.LARGEST_FILE);
    }

    private static boolean isInside(String path) {
        return !path.isBlank()
                && !path.startsWith("/")
                && List.of(path.split("/", -1)).stream()
                        .noneMatch(
                                part -> part.isEmpty() || part.equals("..") || part.equals(".git"));
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
