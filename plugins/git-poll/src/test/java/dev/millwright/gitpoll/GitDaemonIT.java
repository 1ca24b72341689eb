package dev.millwright.gitpoll;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.testkit.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The built plugin and Git's own `git daemon`, which proves nothing to anybody: whoever stands
/// between could say what is built, so it is refused whatever the settings are.
@Timeout(120)
final class GitDaemonIT {
    @TempDir Path folder;

    private Process daemon(int port, Path log) throws Exception {
        return new ProcessBuilder(
                        "git",
                        "daemon",
                        "--listen=127.0.0.1",
                        "--port=" + port,
                        "--base-path=" + folder,
                        "--export-all",
                        "--verbose",
                        "--log-destination=stderr")
                .redirectError(log.toFile())
                .start();
    }

    private static int lsRemote(String url) throws Exception {
        Process git =
                new ProcessBuilder("git", "ls-remote", url)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return git.waitFor();
    }

    @Test
    @Tag("S27")
    void isRefusedWithoutAConnection() throws Exception {
        Origin.create(folder.resolve("web.git")).commit("main");
        int port = Ports.free();
        Path log = folder.resolve("daemon.log");
        String url = "git://127.0.0.1:%d/web.git".formatted(port);
        Process daemon = daemon(port, log);
        try (Looking looking = Looking.everywhere()) {
            // It is there, and would answer others
            await().atMost(Duration.ofSeconds(30)).until(() -> lsRemote(url) == 0);
            long before = connections(log);
            assertThat(before).isPositive();

            assertThatThrownBy(() -> looking.at(url))
                    .hasMessageContaining("may not be reached by 'git'")
                    .hasMessageContaining("only by file, http, https, ssh");
            assertThatThrownBy(() -> looking.at("https://example.org/x.git", "repository", url))
                    .hasMessageContaining("may not be reached by 'git'");

            // What was asked after it is in the log, so that what was asked before it would be
            assertThat(lsRemote(url)).isZero();
            await().atMost(Duration.ofSeconds(30)).until(() -> connections(log) > before);
            assertThat(connections(log)).isEqualTo(before + 1);
        } finally {
            daemon.descendants().forEach(ProcessHandle::destroy);
            daemon.destroy();
            daemon.waitFor();
        }
    }

    private static long connections(Path log) throws Exception {
        return Files.readString(log, UTF_8)
                .lines()
                .filter(line -> line.contains("Connection from"))
                .count();
    }
}
