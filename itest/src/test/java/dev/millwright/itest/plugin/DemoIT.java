package dev.millwright.itest.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.docker.ContainerEngine;
import dev.millwright.itest.system.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The first thing that a new user tries.
@Timeout(180)
class DemoIT {
    @TempDir Path folder;

    @Test
    void aPushThatIsSignedAsGitHubSignsStartsTheRun() throws IOException, InterruptedException {
        ContainerEngine engine = ContainerEngine.shared();
        var _ = engine.docker("tag", ContainerEngine.IMAGE, "busybox:stable");

        List<String> said = demo(engine.host());

        assertThat(said)
                .anyMatch(line -> line.startsWith("✔ plugin        github-webhook"))
                .anyMatch(line ->
                        line.matches("✔ git push {6}[0-9a-f]{7} → POST /hooks/github/demo.push.*"))
                .anyMatch(line -> line.startsWith("✔ plugin        docker-runner"))
                .anyMatch(line -> line.contains("✔ anywhere"));
        assertThat(Files.getPosixFilePermissions(folder.resolve("demo/data"))).hasSize(3);
        assertThat(Files.getPosixFilePermissions(folder.resolve("demo/hook.secret"))).hasSize(2);
    }

    @Test
    void withoutAnEngineItSaysThatNoStepRunsInAContainer()
            throws IOException, InterruptedException {
        List<String> said = demo("unix://" + folder.resolve("none"));

        assertThat(said)
                .contains("  no step runs in a container: no container engine is here")
                .noneMatch(line -> line.contains("anywhere"));
    }

    /// What it says; it ends well.
    private List<String> demo(String engine) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(
                        Distribution.launcher().toString(),
                        "demo",
                        "--exit",
                        "--keep",
                        folder.resolve("demo").toString());
        builder.environment().put("MILLWRIGHT_BUILD", "never");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("DOCKER_HOST", engine);
        Process demo = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            // Long on purpose: it starts a server, and four tests may do so at once
            assertThat(demo.waitFor(5, TimeUnit.MINUTES))
                    .as(() -> "it hangs after " + read(output))
                    .isTrue();
        } finally {
            demo.destroyForcibly();
        }
        List<String> said = Files.readAllLines(output);
        assertThat(demo.exitValue()).as(String.join("\n", said)).isZero();
        return said;
    }

    private static String read(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException gone) {
            return gone.toString();
        }
    }
}
