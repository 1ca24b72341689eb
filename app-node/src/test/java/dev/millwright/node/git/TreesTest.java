package dev.millwright.node.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
    @TempDir Path folder;

    @Test
    void whatALinkPointsToStays() throws Exception {
        Path precious = Files.writeString(folder.resolve("precious"), "x");
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("file"), "x");
        Path root = Files.createDirectories(folder.resolve("root/deep")).getParent();
        Files.createSymbolicLink(root.resolve("deep/link"), precious);
        Files.createSymbolicLink(root.resolve("deep/folder"), outside);

        Trees.delete(root);

        assertThat(root).doesNotExist();
        assertThat(precious).exists();
        assertThat(outside.resolve("file")).exists();
    }

    @Test
    void aFolderThatLostItsPermissionsGoesToo() throws Exception {
        Path root = Files.createDirectories(folder.resolve("root/closed")).getParent();
        Files.writeString(root.resolve("closed/file"), "x");
        Files.setPosixFilePermissions(
                root.resolve("closed"), PosixFilePermissions.fromString("---------"));

        Trees.delete(root);

        assertThat(root).doesNotExist();
    }

    @Test
    void nothingToDeleteIsNoError() throws Exception {
        Trees.delete(folder.resolve("missing"));
    }
}
