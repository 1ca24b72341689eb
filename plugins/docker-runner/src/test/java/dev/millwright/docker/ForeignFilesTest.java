package dev.millwright.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForeignFilesTest {
    private static final int NOBODY = 65_534;

    @TempDir Path folder;

    @Test
    void filesOfTheOwnerAreNotForeign() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("a/b")).resolve("c"), "text");
        assertThat(ForeignFiles.areIn(List.of(folder), ContainerUser.of(folder))).isFalse();
    }

    @Test
    void filesOfSomebodyElseAreForeignHoweverDeepTheyLie() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("a/b")).resolve("c"), "text");
        ContainerUser own = ContainerUser.of(folder);
        assertThat(
                        ForeignFiles.areIn(
                                List.of(folder.resolve("a/b/c")),
                                new ContainerUser(own.user() + 1, own.group())))
                .isTrue();
        assertThat(
                        ForeignFiles.areIn(
                                List.of(folder), new ContainerUser(own.user() + 1, own.group())))
                .isTrue();
    }

    @Test
    void whatIsGoneIsNotForeign() throws Exception {
        assertThat(ForeignFiles.areIn(List.of(folder.resolve("gone")), ContainerUser.of(folder)))
                .isFalse();
    }

    @Test
    void aFolderThatTheAgentMayNotReadIsForeign() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        ContainerUser owner = ContainerUser.of(folder);
        FutureTask<Boolean> look =
                new FutureTask<>(() -> {
                    dropPrivileges();
                    return ForeignFiles.areIn(List.of(folder), owner);
                });
        Thread.ofPlatform().start(look);
        assertThat(look.get()).isTrue();
    }

    /// For the files that the calling thread looks at; without an effect unless root calls it.
    @SuppressWarnings("restricted") // Java has no other way
    private static void dropPrivileges() throws Exception {
        Linker linker = Linker.nativeLinker();
        MethodHandle setfsuid =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("setfsuid"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            var _ = (int) setfsuid.invokeExact(NOBODY);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
