package dev.millwright.docker;

import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The node's cache of git objects, which a workspace borrows from: without it no git command works
/// in a container.
final class GitObjects {
    private GitObjects() {}

    /// Folders to show, read-only. The file that names them lies in the workspace, where steps may
    /// write, so only what is below the node's own cache counts.
    static List<Path> of(WorkOrder order) {
        Path alternates = order.workspace().resolve(".git/objects/info/alternates");
        Path root = order.home().toAbsolutePath();
        for (int i = 0; i < 3 && root.getParent() != null; i++) {
            root = root.getParent();
        }
        try {
            if (!Files.isRegularFile(alternates) || !Files.isDirectory(root.resolve("git"))) {
                return List.of();
            }
            Path cache = root.resolve("git").toRealPath();
            try (Stream<String> lines = Files.lines(alternates)) {
                return lines.filter(line -> line.startsWith("/"))
                        .map(Path::of)
                        .filter(folder -> isIn(cache, folder))
                        .distinct()
                        .toList();
            }
        } catch (IOException | RuntimeException unreadable) {
            return List.of();
        }
    }

    private static boolean isIn(Path cache, Path folder) {
        try {
            return folder.endsWith("objects")
                    && folder.toRealPath().equals(folder)
                    && folder.startsWith(cache);
        } catch (IOException missing) {
            return false;
        }
    }
}
