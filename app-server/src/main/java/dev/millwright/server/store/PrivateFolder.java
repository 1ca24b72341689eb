package dev.millwright.server.store;

import dev.millwright.node.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;

/// Makes folders and files that only the server's own user may look into: logs, inputs and keys lie
/// there.
public final class PrivateFolder {
    private PrivateFolder() {}

    /// Make the folder of the file, and those above it that are missing; one that is there stays as
    /// it is.
    public static void createParent(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            OwnerOnly.createFolders(folder);
        }
    }

    /// Make an empty file, and its folder when that is missing; throws when the file is there.
    public static void createPrivateFile(Path file) throws IOException {
        createParent(file);
        OwnerOnly.createFile(file);
    }
}
