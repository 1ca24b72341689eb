package dev.millwright.gitpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.plugin.NetworkWall;
import dev.millwright.testkit.BuiltPlugin;
import dev.millwright.testkit.PluginUnderTest;
import dev.millwright.testkit.Programs;
import dev.millwright.testkit.SshServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The built plugin against OpenSSH's own server.
@Timeout(120)
final class SshIT {
    @TempDir Path folder;

    private static Looking looking(SshServer server) {
        return Looking.of(
                PluginUnderTest.builder(BuiltPlugin.find())
                        .settings("git-poll", "timeout: 10s\nhosts: [127.0.0.1]\n")
                        .wall(NetworkWall.CLOSED)
                        .secret("KEY", server.privateKey())
                        .load());
    }

    @Test
    void aKeyOfThePollOpensARepositoryOverSsh() throws Exception {
        Origin origin = Origin.create(folder.resolve("web.git"));
        origin.commit("main");
        try (SshServer server = SshServer.start(folder);
                Looking looking = looking(server)) {
            Object[] poll = {"key", "${env:KEY}", "knownHosts", List.of(server.knownHost())};
            String url = server.url(origin.folder());
            assertThat(looking.found(url, poll)).isEmpty();
            String next = origin.commit("main");
            assertThat(looking.found(url, poll)).containsExactly("refs/heads/main " + next);
            assertThat(looking.failure(server.url(folder.resolve("nothing.git")), poll).reason())
                    .contains("nothing.git");
        }
    }

    /// A real `ssh-agent`, as the administrator of a server has one running.
    @Test
    void withoutAKeyTheAgentOfTheMachineIsAsked() throws Exception {
        Origin origin = Origin.create(folder.resolve("web.git"));
        String commit = origin.commit("main");
        String socket = folder.resolve("agent").toString();
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket).start();
        try (SshServer server = SshServer.start(folder)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(Path.of(socket)));
            String url = server.url(origin.folder());
            assertThat(LookWithAgent.at(url, server.knownHost(), socket))
                    .contains("Failed", "Permission denied");

            Programs.run(
                    List.of(
                            "env",
                            "SSH_AUTH_SOCK=" + socket,
                            "ssh-add",
                            "-q",
                            folder.resolve("user").toString()));

            assertThat(LookWithAgent.at(url, server.knownHost(), socket))
                    .contains("Looked", commit);
            assertThat(LookWithAgent.at(url, server.knownHost(), ""))
                    .contains("Failed", "Permission denied");
        } finally {
            agent.destroy();
            agent.waitFor();
        }
    }

    @Test
    void aHostThatNobodyKnowsIsRefused() throws Exception {
        Origin origin = Origin.create(folder.resolve("web.git"));
        try (SshServer server = SshServer.start(folder);
                Looking looking = looking(server)) {
            String other =
                    server.knownHost().replaceFirst("AAAA\\S+", "AAAAC3NzaC1lZDI1NTE5AAAAIAAA");
            assertThat(
                            looking.failure(
                                            server.url(origin.folder()),
                                            "key",
                                            "${env:KEY}",
                                            "knownHosts",
                                            List.of(other))
                                    .reason())
                    .containsIgnoringCase("host key verification failed");
        }
    }

    @Test
    void aServerThatTakesTheCallAndSaysNothingIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Looking looking = Looking.with("timeout: 3s\nhosts: [127.0.0.1]\n")) {
            assertThat(
                            looking.failure(
                                            "ssh://git@127.0.0.1:%d/x.git"
                                                    .formatted(silent.getLocalPort()))
                                    .reason())
                    .contains("127.0.0.1")
                    .contains("it took longer than 3 s");
        }
    }
}
