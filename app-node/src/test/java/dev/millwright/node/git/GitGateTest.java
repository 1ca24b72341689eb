package dev.millwright.node.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.millwright.plugin.NetworkWall;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real git and what it may reach over HTTP. Of this machine's addresses one is allowed.
@Timeout(120)
@Tag("S29")
final class GitGateTest {
    @TempDir Path folder;

    private GitCache cache(String... allowed) {
        return GitCache.create(
                folder.resolve("cache"),
                new GitSettings(
                        true,
                        true,
                        Duration.ofSeconds(60),
                        NetworkWall.allowing(List.of(allowed)),
                        GitLimits.DEFAULT));
    }

    private static ServerSocket canary() throws Exception {
        ServerSocket canary = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.2"));
        canary.setSoTimeout(200);
        return canary;
    }

    @Test
    void whatIsAllowedIsFetched() throws Exception {
        TestGit.init(folder.resolve("web"));
        String commit = TestGit.commit(folder.resolve("web"), "one");
        try (GitHttpServer server = GitHttpServer.start(folder)) {
            assertThat(cache("127.0.0.1").fetch(server.url("/open/web/.git"), "main").commit())
                    .isEqualTo(commit);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.2", "localhost", "0.0.0.0", "[::1]", "2130706434", "0x7f000002"})
    void whatIsNotAllowedIsNotReached(String host) throws Exception {
        try (ServerSocket canary = canary()) {
            String url = "http://%s:%d/web.git".formatted(host, canary.getLocalPort());
            assertThatThrownBy(() -> cache("192.168.0.1").fetch(url, "main"))
                    .isInstanceOf(GitException.class)
                    .hasMessageContaining("is refused")
                    .hasMessageContaining("allow");
            assertThatThrownBy(canary::accept).hasMessageContaining("timed out");
        }
    }

    @Test
    void aRedirectLeadsNowhereElse() throws Exception {
        HttpServer sender =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (ServerSocket canary = canary()) {
            String elsewhere = "http://127.0.0.2:" + canary.getLocalPort();
            sender.createContext(
                    "/",
                    exchange -> {
                        exchange.getResponseHeaders()
                                .set("Location", elsewhere + exchange.getRequestURI());
                        exchange.sendResponseHeaders(302, -1);
                        exchange.close();
                    });
            sender.start();
            String url = "http://127.0.0.1:%d/web.git".formatted(sender.getAddress().getPort());

            assertThatThrownBy(() -> cache("127.0.0.1").fetch(url, "main"))
                    .isInstanceOf(GitException.class)
                    .hasMessageContaining("127.0.0.2 is this machine")
                    .hasMessageContaining("'network.allow'");
            assertThatThrownBy(canary::accept).hasMessageContaining("timed out");
        } finally {
            sender.stop(0);
        }
    }
}
