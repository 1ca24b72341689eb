package dev.millwright.itest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.millwright.itest.system.Site;
import dev.millwright.itest.system.Timers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// An agent on a small disk of its own, which only root can make.
@Isolated("its times are short, and what it starts needs the whole machine")
@Timeout(180)
class FullDiskIT {
    @TempDir Path folder;
    private Path disk = Path.of("");
    private Site site;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        assumeThat(System.getProperty("user.name")).as("who may mount").isEqualTo("root");
        disk = Files.createDirectories(folder.resolve("a"));
        run("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk.toString());
        site =
                Site.open(
                        folder,
                        Timers.NOW,
                        List.of("--min-free", "2MiB", "--min-free-percent", "5"),
                        "a");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        if (site != null) {
            site.close();
            run("umount", "-l", disk.toString());
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        assertThat(code).as(String.join(" ", command)).isZero();
    }

    @Test
    @Tag("R23")
    void anAgentWhoseDiskIsFullLivesSaysSoAndTakesWorkAgainLater() throws IOException {
        Path go = site.file();
        UUID during = site.begin(Site.waiting("{at: a}", "one", go, ""));
        site.awaitTold(during, "one a");

        // All of it: not a byte is left for the journal or the step's output
        Path filling = disk.resolve("filling");
        fill(filling);
        site.awaitNode(() -> site.node("a").at("/refusal").asString("").contains("make room"));
        UUID waits = site.begin(Site.telling("{at: a}", "new"));
        assertThat(site.server().get("/api/v1/runs/" + waits + "/explain").toString())
                .contains("make room");
        Files.createFile(go);
        Site.eventually().until(() -> Files.exists(go));
        assertThat(site.agent("a").isAlive()).isTrue();
        assertThat(site.told(waits)).isEmpty();
        Files.delete(filling);

        assertThat(site.awaitEnd(waits)).isEqualTo("success");
        assertThat(site.told(waits)).containsExactly("new a");
        // Its output or its exit code may not have found room; then it says so
        assertThat(site.awaitEnd(during)).isIn("success", "error");
        assertThat(site.told(during)).containsExactly("one a");
        assertThat(site.node("a").at("/refusal").asString("")).isEmpty();
        assertThat(site.agent("a").isAlive()).isTrue();
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[4096];
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }
}
