package dev.millwright.node.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The folders `1.git`, `2.git`, ... of one cache; the one with the highest number counts. A cache
/// that is given up stays as long as work trees of runs lean on it. Used under the lock of its
/// cache.
final class Generations {
    private static final String URL_FILE = "millwright-url";
    private static final String ENDING = ".git";

    private final Path folder;
    private final String url;
    private final GitCommand git;
    private final List<Path> workspaces;
    private Optional<Path> current = Optional.empty();

    /// @param workspaces folders of work trees
    Generations(Path folder, String url, GitCommand git, List<Path> workspaces) {
        this.workspaces = workspaces;
        this.folder = folder;
        this.url = url;
        this.git = git;
    }

    /// The bare repository in use; there must be one.
    Path current() {
        return current.orElseThrow(() -> new GitException("%s is empty".formatted(folder)));
    }

    /// Whether there is a complete cache and it belongs to this address.
    boolean isUsable() throws IOException {
        if (current.isEmpty()) {
            current = all().stream().max(Comparator.comparingInt(Generations::number));
        }
        if (current.isEmpty()) {
            return false;
        }
        Path marker = current.get().resolve(URL_FILE);
        return Files.isRegularFile(marker) && Files.readString(marker).equals(url);
    }

    /// Begin an empty one.
    void next() throws IOException {
        Files.createDirectories(folder);
        List<Path> before = all();
        int last = before.stream().mapToInt(Generations::number).max().orElse(0);
        Path bare = folder.resolve(last + 1 + ENDING);
        git.run(folder, "init", "--quiet", "--bare", "--", bare.toString());
        git.run(bare, "config", "remote.origin.url", url);
        Files.writeString(bare.resolve(URL_FILE), url);
        current = Optional.of(bare);
        Set<Path> lenders = WorkTrees.lenders(workspaces);
        for (Path old : before) {
            // Somebody may be about to read from the last one, or to lean on it
            if (number(old) < last && !lenders.contains(old.toRealPath().resolve("objects"))) {
                Trees.delete(old);
            }
        }
    }

    /// Delete the one in use, which no work tree leans on yet.
    void drop() throws IOException {
        Path dropped = current();
        current = Optional.empty();
        Trees.delete(dropped);
    }

    /// What fetches left behind that were killed; nobody fetches now.
    void deleteHalfPacks() throws IOException {
        deleteHalves(current().resolve("objects/pack"));
        // Few objects do not come as a pack
        deleteHalves(current().resolve("objects"));
    }

    private static void deleteHalves(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> halves = Files.newDirectoryStream(folder, "tmp_*")) {
                for (Path half : halves) {
                    Trees.delete(half);
                }
            }
        }
    }

    private List<Path> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(path -> number(path) > 0).toList();
        }
    }

    private static int number(Path path) {
        String name = path.getFileName().toString();
        return name.matches("[0-9]{1,9}\\.git")
                ? Integer.parseInt(name.substring(0, name.length() - ENDING.length()))
                : 0;
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
