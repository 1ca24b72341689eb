package dev.millwright.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
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

    /// A clone with two plugins, and a Maven that notes its arguments instead of building.
    private void sources() throws Exception {
        Files.createFile(folder.resolve("pom.xml"));
        Files.createDirectories(folder.resolve("app-cli"));
        for (String plugin : List.of("plugins/alpha", "plugins/beta")) {
            Files.createFile(Files.createDirectories(folder.resolve(plugin)).resolve("pom.xml"));
        }
        executable("jdk/bin/javac", "");
        executable(
                "bin/mvn",
                """
                #!/bin/sh
                printf '%s\n' "$@" > maven.arguments
                mkdir -p target/dist
                cp -R lib cli.classpath target/dist
                """);
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

    /// The JVM takes a cache for good although a jar has changed since, and runs what was in it.
    @Test
    void aStartupCacheIsUsedOnlyIfItIsNewerThanTheJars() throws Exception {
        Path cache = Files.createFile(folder.resolve("cli.aot"));
        Path jar = folder.resolve("lib/millwright-app-cli.jar");
        FileTime built = Files.getLastModifiedTime(jar);

        Files.setLastModifiedTime(cache, FileTime.from(built.toInstant().plusSeconds(5)));
        assertThat(jvmArguments("", "demo")).contains("-XX:AOTCache=" + cache);
        Files.setLastModifiedTime(cache, FileTime.from(built.toInstant().minusSeconds(5)));
        assertThat(jvmArguments("", "demo")).noneMatch(argument -> argument.contains("AOTCache"));
    }

    /// The agent stays for days: what a cache saves once, it would cost in memory all the time.
    @Test
    void theNodeAgentIsStartedToTakeLittleMemory() throws Exception {
        Path cache = Files.createFile(folder.resolve("cli.aot"));
        FileTime later = FileTime.from(Instant.now().plusSeconds(5));
        Files.setLastModifiedTime(cache, later);

        assertThat(jvmArguments("", "node", "run", "--slots=2"))
                .noneMatch(argument -> argument.contains("AOTCache"))
                .contains(
                        "-XX:+UseCompactObjectHeaders",
                        "-Xmn2m",
                        "-Xmx256m",
                        "-XX:MaxHeapFreeRatio=20",
                        "-XX:-ShrinkHeapInSteps",
                        "-XX:TrimNativeHeapInterval=60000")
                .endsWith("dev.millwright.cli.CliMain", "node", "run", "--slots=2");
        assertThat(jvmArguments("", "node", "list"))
                .contains("-XX:AOTCache=" + cache)
                .doesNotContain("-Xmn2m");
    }

    @Test
    void everyPluginIsBuiltWithTheRest() throws Exception {
        sources();
        Map<String, String> environment =
                Map.of(
                        "MILLWRIGHT_JAVA_HOME",
                        folder.resolve("jdk").toString(),
                        "MILLWRIGHT_AOT",
                        "off",
                        "MILLWRIGHT_BUILD",
                        "when stale",
                        "PATH",
                        folder.resolve("bin") + ":" + System.getenv("PATH"));

        var _ = new Tool(folder, environment).run(folder + "/millwright", "version");

        assertThat(folder.resolve("maven.arguments"))
                .content()
                .contains("\napp-server,app-cli,plugins/alpha,plugins/beta\n");
    }

    @Test
    void withoutATemporaryFolderTheJvmDecides() {
        assertThat(jvmArguments("", "version")).noneMatch(text -> text.contains("tmpdir"));
    }
}
