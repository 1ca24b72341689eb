package dev.millwright.itest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.itest.system.Distribution;
import dev.millwright.itest.system.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a bare machine gets: one archive, a JDK, and git.
@Timeout(180)
class ArchiveIT {
    @TempDir Path folder;

    /// Start a program without anything of this process's environment.
    private Process start(List<String> command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("MILLWRIGHT_BUILD", "never");
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", "");
        Process process = start(List.of(command), output);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private Path unpacked() throws IOException, InterruptedException {
        Path archive = folder.resolve("millwright.tar.gz");
        run(Distribution.launcher().toString(), "archive", archive.toString());
        Path place = Files.createDirectories(folder.resolve("bare"));
        run("tar", "-xzf", archive.toString(), "-C", place.toString());
        try (var inside = Files.list(place)) {
            return inside.toList().getFirst();
        }
    }

    /// Jars that no start-up cache takes classes of.
    private static List<Path> signed(Path libraries) throws IOException {
        List<Path> signed = new ArrayList<>();
        try (var jars = Files.newDirectoryStream(libraries, "*.jar")) {
            for (Path jar : jars) {
                try (ZipFile file = new ZipFile(jar.toFile())) {
                    if (file.stream()
                            .anyMatch(one -> one.getName().matches("META-INF/[^/]+[.]SF"))) {
                        signed.add(jar);
                    }
                }
            }
        }
        return signed;
    }

    @Test
    void makesAMachineANodeThatWorks() throws IOException, InterruptedException {
        Path home = unpacked();
        assertThat(home.resolve("LICENSE")).exists();
        assertThat(home.resolve("plugins/github-webhook.jar")).isNotEmptyFile();
        assertThat(home.resolve("plugins/forge-webhooks.jar")).isNotEmptyFile();
        assertThat(signed(home.resolve("lib"))).isEmpty();
        assertThat(home.resolve("docs/nodes.md")).isNotEmptyFile();
        assertThat(home.resolve("plugins/mail-notify/README.md")).isNotEmptyFile();
        String launcher = home.resolve("millwright").toString();
        assertThat(run(launcher, "version", "--client")).contains("client");

        try (ServerProcess server =
                ServerProcess.start(Files.createDirectory(folder.resolve("server")), Map.of())) {
            List<String> agent = new ArrayList<>(List.of(launcher, "node", "run"));
            agent.addAll(List.of("--root", folder.resolve("node").toString()));
            String join = server.joinLine("bare");
            agent.addAll(List.of(join.substring(join.indexOf("--server")).strip().split(" ")));
            Path log = folder.resolve("node.log");
            Process process = start(agent, log);
            try {
                server.apply(
                        """
                        apiVersion: v1alpha
                        kind: Pipeline
                        metadata: {name: bare}
                        spec:
                          steps:
                            - needs: {node: bare}
                              commands: ['echo it works']
                        """);
                assertThat(server.awaitEnd(server.deliver("bare", "first"), Duration.ofMinutes(1)))
                        .isEqualTo("success");
                process.destroy();
                await().atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive());
                assertThat(Files.readString(log)).contains("this node goes down");
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
