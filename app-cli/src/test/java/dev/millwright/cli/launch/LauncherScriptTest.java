package dev.millwright.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script `millwright` in an installed folder, with a JDK that only prints its arguments.
class LauncherScriptTest {
    private static final Path SCRIPT = Path.of("").toAbsolutePath().resolveSibling("millwright");

    @TempDir private Path folder;

    @BeforeEach
    void install() throws Exception {
        executable("millwright", Files.readString(SCRIPT));
        executable("jdk/bin/java", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        Files.createDirectories(folder.resolve("lib"));
        Files.createFile(folder.resolve("lib/millwright-app-cli.jar"));
        Files.writeString(folder.resolve("cli.classpath"), "lib/one.jar\n");
        Files.writeString(folder.resolve("server.classpath"), "lib/one.jar\n");
    }

    private void executable(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> jvmArguments(String temporary, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = folder.resolve("millwright").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Map<String, String> environment =
                Map.of(
                        "MILLWRIGHT_JAVA_HOME",
                        folder.resolve("jdk").toString(),
                        "TMPDIR",
                        temporary);
        return new Tool(folder, environment).run(command).lines().toList();
    }

    @Test
    void temporaryFilesGoWhereTheEnvironmentSays() {
        assertThat(jvmArguments("/some where", "demo"))
                .contains("-Djava.io.tmpdir=/some where")
                .endsWith("dev.millwright.cli.CliMain", "demo");
        assertThat(jvmArguments("/some where", "server", "--port=0"))
                .contains("-Djava.io.tmpdir=/some where")
                .endsWith("dev.millwright.server.ServerMain", "--port=0");
    }

    @Test
    void withoutATemporaryFolderTheJvmDecides() {
        assertThat(jvmArguments("", "version")).noneMatch(text -> text.contains("tmpdir"));
    }
}
