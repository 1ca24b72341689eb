package dev.millwright.node.git;

import static dev.millwright.node.git.TestGit.git;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.millwright.model.plan.Source.Checkout;
import dev.millwright.node.RepositoryLogin;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Passwords of pipelines against git's own server, which asks for `ada` and `secret` below
/// `/closed`.
@Timeout(120)
final class LoginTest {
    private static final String READER = "0123456789abcdef0123456789abcdef";
    private static final String OTHER = "fedcba9876543210fedcba9876543210";
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir Path folder;
    private GitHttpServer server;
    private GitCache cache;

    @BeforeEach
    void start() throws Exception {
        server = GitHttpServer.start(Files.createDirectory(folder.resolve("served")));
        cache = cache("cache", LONG, NetworkWall.OPEN);
        TestGit.init(repository("web"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private GitCache cache(String name, Duration timeout, NetworkWall wall) {
        return GitCache.create(
                folder.resolve(name),
                new GitSettings(true, true, timeout, wall, GitLimits.DEFAULT));
    }

    private Path repository(String name) {
        return folder.resolve("served").resolve(name);
    }

    private static RepositoryLogin login(String reader, String password) {
        return login(reader, password, true);
    }

    private static RepositoryLogin login(String reader, String password, boolean forParts) {
        return new RepositoryLogin(reader, "ada", Secret.of(password), null, List.of(), forParts);
    }

    private Path fill(String commit, RepositoryLogin login, Checkout checkout) throws IOException {
        Path tree = Files.createTempDirectory(folder, "tree");
        new WorkTrees(cache)
                .fill(
                        tree,
                        new WorkspaceRequest(
                                server.url("/closed/web"),
                                commit,
                                "refs/heads/main",
                                checkout,
                                login));
        return tree;
    }

    @Test
    void aPasswordOpensAPrivateRepositoryAndIsWrittenNowhere() throws Exception {
        String commit = TestGit.commit(repository("web"), "one");

        Path tree = fill(commit, login(READER, "secret\n"), Checkout.DEFAULT);

        assertThat(tree.resolve("file")).hasContent("one");
        assertThat(git(tree, "config", "--local", "--list")).doesNotContain("credential");
        String encoded = "YWRhOnNlY3JldA==";
        for (Path place : List.of(tree, folder.resolve("cache"))) {
            try (Stream<Path> files = Files.walk(place)) {
                assertThat(files.filter(Files::isRegularFile).filter(file -> holds(file, encoded)))
                        .isEmpty();
            }
            try (Stream<Path> files = Files.walk(place)) {
                assertThat(files.filter(Files::isRegularFile).filter(file -> holds(file, "secret")))
                        .isEmpty();
            }
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, ISO_8859_1).contains(text);
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void aWrongPasswordSaysWhatToDo() throws Exception {
        var _ = TestGit.commit(repository("web"), "one");

        assertThatThrownBy(() ->
                        cache.fetch(
                                server.url("/closed/web"), login(READER, "h4rd-to-guess"), "main"))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("Authentication failed")
                .hasMessageContaining("'password' or 'key'")
                .hasMessageNotContainingAny("h4rd-to-guess");
        assertThatThrownBy(() ->
                        cache.fetch(server.url("/closed/web"), login(READER, "two\nlines"), "main"))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("several lines");
    }

    @Test
    void whatOneReaderHasFetchedIsNotFoundByAnother() throws Exception {
        String commit = TestGit.commit(repository("web"), "one");
        String url = server.url("/closed/web");
        Fetched fetched = cache.fetch(url, login(READER, "secret"), commit);

        assertThatThrownBy(() -> cache.fetch(url, commit))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("could not read Username");
        assertThatThrownBy(() -> cache.fetch(url, login(OTHER, "wrong"), commit))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("Authentication failed");
        assertThat(cache.fetch(url, login(OTHER, "secret"), commit).bareRepository())
                .isNotEqualTo(fetched.bareRepository());
        assertThat(cache.urls()).containsExactly(url);
    }

    @Test
    void whoNeedsNoPasswordFindsItsOldCache() throws Exception {
        String commit = TestGit.commit(repository("web"), "one");
        String url = server.url("/open/web");

        Path open = cache.fetch(url, commit).bareRepository();
        Path closed = cache.fetch(url, login(READER, "secret"), commit).bareRepository();

        assertThat(open.getParent().getFileName().toString()).matches("web-[0-9a-f]{16}");
        assertThat(closed.getParent().getFileName().toString())
                .matches("web-[0-9a-f]{16}-" + READER);
    }

    @Test
    void aPasswordGoesThroughTheGate() throws Exception {
        String commit = TestGit.commit(repository("web"), "one");
        GitCache walled = cache("walled", LONG, NetworkWall.allowing(List.of("127.0.0.1")));

        assertThat(
                        walled.fetch(server.url("/closed/web"), login(READER, "secret"), "main")
                                .commit())
                .isEqualTo(commit);
    }

    @Test
    void submodulesOfTheSameHostAreOpenedButNotForStrangers() throws Exception {
        TestGit.init(repository("part"));
        var _ = TestGit.commit(repository("part"), "part");
        var _ = TestGit.commit(repository("web"), "one");
        git(
                repository("web"),
                "-c",
                "protocol.allow=always",
                "submodule",
                "add",
                "-q",
                repository("part").toString(),
                "part");
        git(
                repository("web"),
                "config",
                "-f",
                ".gitmodules",
                "submodule.part.url",
                server.url("/closed/part"));
        String with = TestGit.commit(repository("web"), "two");
        Checkout checkout = new Checkout(0, true, false);

        Path tree = fill(with, login(READER, "secret"), checkout);

        assertThat(tree.resolve("part/file")).hasContent("part");
        assertThatThrownBy(() -> fill(with, login(READER, "secret", false), checkout))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("could not read Username");
    }

    @Test
    void largeFilesOfTheSameHostAreOpenedButNotForStrangers() throws Exception {
        Path web = repository("web");
        git(web, "lfs", "install", "--local");
        git(web, "lfs", "track", "*.bin");
        Files.writeString(web.resolve("big.bin"), "large".repeat(10_000));
        String with = TestGit.commit(web, "with a large file");
        Checkout checkout = new Checkout(0, false, true);

        Path tree = fill(with, login(READER, "secret"), checkout);

        assertThat(tree.resolve("big.bin")).hasContent("large".repeat(10_000));
        assertThat(tree.resolve(".git/config")).content().doesNotContain("secret");
        assertThatThrownBy(() -> fill(with, login(READER, "secret", false), checkout))
                .isInstanceOf(GitException.class);
    }

    @Test
    void aSubmoduleOfAnotherHostIsShownNothing() throws Exception {
        TestGit.init(repository("part"));
        var _ = TestGit.commit(repository("part"), "part");
        var _ = TestGit.commit(repository("web"), "one");
        try (Canary canary = Canary.start()) {
            git(
                    repository("web"),
                    "-c",
                    "protocol.allow=always",
                    "submodule",
                    "add",
                    "-q",
                    repository("part").toString(),
                    "part");
            git(
                    repository("web"),
                    "config",
                    "-f",
                    ".gitmodules",
                    "submodule.part.url",
                    canary.url("/closed/part"));
            String with = TestGit.commit(repository("web"), "two");

            assertThatThrownBy(
                            () -> fill(with, login(READER, "secret"), new Checkout(0, true, false)))
                    .isInstanceOf(GitException.class);
            assertThat(canary.asked).isNotEmpty();
            assertThat(canary.shown).isEmpty();
        }
    }

    @Test
    void aRedirectToAnotherHostTakesNothingAlong() throws Exception {
        HttpServer sender = Canary.server();
        try (Canary canary = Canary.start()) {
            sender.createContext(
                    "/",
                    exchange -> {
                        if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                            Canary.demand(exchange);
                            return;
                        }
                        exchange.getResponseHeaders()
                                .set("Location", canary.url(exchange.getRequestURI().toString()));
                        exchange.sendResponseHeaders(302, -1);
                        exchange.close();
                    });
            sender.start();
            String url = "http://127.0.0.1:%d/web.git".formatted(sender.getAddress().getPort());

            assertThatThrownBy(() -> cache.fetch(url, login(READER, "secret"), "main"))
                    .isInstanceOf(GitException.class);
            assertThat(canary.asked).isNotEmpty();
            assertThat(canary.shown).isEmpty();
        } finally {
            sender.stop(0);
        }
    }

    @Test
    void aPasswordStandsOnNoCommandLine() throws Exception {
        GitCache hasty = cache("hasty", Duration.ofSeconds(5), NetworkWall.OPEN);
        Thread fetching =
                Thread.ofVirtual()
                        .start(() ->
                                assertThatThrownBy(() ->
                                                hasty.fetch(
                                                        server.url("/silent/web"),
                                                        login(READER, "tr0ub4dor"),
                                                        "main"))
                                        .isInstanceOf(GitException.class));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> lines().anyMatch(line -> line.contains("/silent/web")));

        assertThat(lines()).noneMatch(line -> line.contains("tr0ub4dor"));
        assertThat(lines()).anyMatch(line -> line.contains("credential.http://127.0.0.1"));
        fetching.join();
    }

    private static Stream<String> lines() {
        return ProcessHandle.current()
                .descendants()
                .map(process -> process.info().commandLine())
                .flatMap(Optional::stream);
    }
}
