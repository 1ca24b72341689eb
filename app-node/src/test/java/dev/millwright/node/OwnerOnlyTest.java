package dev.millwright.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyTest {
    @TempDir Path root;

    private static String mode(Path folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    }

    private Path folder(String mode) throws IOException {
        Path folder = Files.createDirectory(root.resolve("there"));
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    }

    @Test
    void letsNobodyElseIntoAFolderThatItMakes() throws IOException {
        Path above = root.resolve("above");
        OwnerOnly.keepIfOwn(above.resolve("node"));
        assertThat(mode(above.resolve("node"))).isEqualTo("rwx------");
        Files.createDirectory(root.resolve("plain"));
        assertThat(mode(above)).isEqualTo(mode(root.resolve("plain")));
    }

    @Test
    void tightensItsOwnFolder() throws IOException {
        Path there = folder("rwxr-xr-x");
        OwnerOnly.keepIfOwn(there);
        assertThat(mode(there)).isEqualTo("rwx------");
    }

    @Test
    void leavesAFolderInWhichAllMayWrite() throws IOException {
        Path there = folder("rwxrwxrwx");
        OwnerOnly.keepIfOwn(there);
        assertThat(mode(there)).isEqualTo("rwxrwxrwx");
    }

    @Test
    void makesFilesAndAllMissingFoldersForTheOwner() throws IOException {
        OwnerOnly.createFolders(root.resolve("a/b"));
        OwnerOnly.createFile(root.resolve("a/b/file"));
        assertThat(mode(root.resolve("a"))).isEqualTo("rwx------");
        assertThat(mode(root.resolve("a/b/file"))).isEqualTo("rw-------");
    }
}
