package dev.millwright.node;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/// Makes folders and files that only their owner may look into. Any thread.
public final class OwnerOnly {
    private static final String FOLDER = "rwx------";

    private OwnerOnly() {}

    /// Make the folder, and those above it that are missing, for the owner alone; those that are
    /// there stay as they are.
    public static void createFolders(Path folder) throws IOException {
        Files.createDirectories(folder, attributes(FOLDER));
    }

    /// Make an empty file; throws when it is there.
    public static void createFile(Path file) throws IOException {
        Files.createFile(file, attributes("rw-------"));
    }

    /// Make the folder unless it is there, and let nobody else into it from now on. Those above it
    /// are left as they are.
    public static void keep(Path folder) throws IOException {
        create(folder);
        if (hasPermissions()) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(FOLDER));
        }
    }

    /// As [#keep], but one that was there and belongs to others, or in which all may write, such as
    /// `/tmp`, is left as it is.
    public static void keepIfOwn(Path folder) throws IOException {
        create(folder);
        if (hasPermissions()
                && Files.getOwner(folder).getName().equals(System.getProperty("user.name"))
                && !Files.getPosixFilePermissions(folder)
                        .contains(PosixFilePermission.OTHERS_WRITE)) {
            keep(folder);
        }
    }

    private static void create(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            createFolders(folder);
        }
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return hasPermissions()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean hasPermissions() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
