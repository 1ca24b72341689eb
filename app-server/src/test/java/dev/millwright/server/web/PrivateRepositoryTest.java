package dev.millwright.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millwright.api.run.ApprovalRequest;
import dev.millwright.api.run.RunSummary;
import dev.millwright.api.run.Status;
import dev.millwright.host.PluginBuilder;
import dev.millwright.host.use.Point;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.git.Trees;
import dev.millwright.testkit.GitBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Pipelines whose repository asks for a password, which a store has; git's own server shows it.
final class PrivateRepositoryTest extends SecretStoreFixture {
    private static final String TOKEN = "glpat-c0rrect-h0rse";
    private static final String WRONG = "glpat-b4ttery-staple";
    private static final String MACHINE = "s3cret";
    private static final StepPath SECOND = new StepPath("0/1");
    private static final Traces TRACES =
            new Traces(text -> text.contains(TOKEN) || text.contains(proof(TOKEN)));

    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private HttpServer git;

    @Override
    PluginBuilder extensions(PluginBuilder plugin) {
        return plugin.extension(Point.WEBHOOK, STRANGER);
    }

    @Override
    void prepare() throws Exception {
        super.prepare();
        keep("ci/git", "token", TOKEN + "\n");
        keep("ci/git", "wrong", WRONG);
        taken.addAll(List.of(proof(TOKEN), proof(MACHINE)));
        Path served = directory.resolve("served");
        repository(
                served.resolve("app"),
                "steps: [{commands: ['test -f .millwright.yaml', env, 'git config --list']}]");
        repository(served.resolve("gated"), "steps: [{approve: {}}, {commands: ['true']}]");
        GitBackend backend = new GitBackend(served);
        git = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        git.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        git.createContext("/", exchange -> answer(backend, exchange));
        git.start();
    }

    @AfterAll
    void stopGit() {
        git.stop(0);
    }

    private static String proof(String token) {
        return Base64.getEncoder().encodeToString(("git:" + token).getBytes(UTF_8));
    }

    private void answer(GitBackend backend, HttpExchange exchange) throws IOException {
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        if (shown != null && taken.contains(shown.substring("Basic ".length()))) {
            backend.answer(exchange, "");
            return;
        }
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
        exchange.close();
    }

    private static void repository(Path place, String pipeline) throws Exception {
        Files.writeString(Files.createDirectories(place).resolve(".millwright.yaml"), pipeline);
        try (Git git = Git.init().setDirectory(place.toFile()).setInitialBranch("main").call()) {
            git.add().addFilepattern(".").call();
            var _ = git.commit().setMessage("one").setSign(false).call();
        }
    }

    private String url(String repository) {
        return "http://127.0.0.1:%d/%s/.git".formatted(git.getAddress().getPort(), repository);
    }

    private void pipeline(String name, String repository, String password) {
        server.pipeline(
                name,
                """
                repository: {url: "%s", password: %s}
                hooks: [{name: pulls, type: strangers}]
                """
                        .formatted(url(repository), password));
    }

    @Test
    void aSecretOfAStoreOpensTheRepositoryAndIsWrittenNowhere() throws Exception {
        pipeline("opened", "app", "{from_secret: nexus/ci/git#token}");
        RunId run = server.begin("opened");

        assertThat(server.finish(run).outcome())
                .as(server.client.run(run).toString())
                .isEqualTo(Outcome.SUCCESS);
        assertThat(log(run)).contains("remote.origin.url").doesNotContain("MILLWRIGHT_GIT");
        String one = "/api/v1/runs/" + run;
        for (String path :
                List.of(
                        one,
                        one + "/explain",
                        one + "/steps",
                        one + "/steps/0/0/log",
                        one + "/events",
                        "/api/v1/namespaces/default/pipelines/opened")) {
            assertThat(server.get(path).body()).as(path).doesNotContain(TOKEN, proof(TOKEN));
        }
        assertThat(TRACES.cells(server.database)).as("cells of the database").isEmpty();
        server.database.durable(_ -> true);
        assertThat(TRACES.files(directory, store)).as("files").isEmpty();
    }

    /// A run whose pipeline file is read, and whose node has yet to fetch the repository.
    private RunId planned(String pipeline) throws IOException {
        RunId run = server.begin(pipeline);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.system.runs().view(run).isPresent());
        server.awaitStep(run, FIRST, Status.BLOCKED);
        Trees.delete(directory.resolve("node/git"));
        return run;
    }

    @Test
    void theNodeFetchesWithTheSecretToo() throws Exception {
        pipeline("gated", "gated", "\"${secret:nexus/ci/git#token}\"");
        RunId run = planned("gated");

        var _ = server.client.approve(run, FIRST, new ApprovalRequest(true, ""));

        assertThat(server.finish(run).outcome())
                .as(server.step(run, SECOND).toString())
                .isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void aSecretThatTheNodeIsRefusedWithSaysWhatToDo() throws Exception {
        pipeline("revoked", "gated", "{from_secret: nexus/ci/git#late}");
        keep("ci/git", "late", WRONG);
        taken.add(proof(WRONG));
        RunId run = planned("revoked");
        taken.remove(proof(WRONG));

        var _ = server.client.approve(run, FIRST, new ApprovalRequest(true, ""));

        assertThat(server.finish(run).outcome()).isEqualTo(Outcome.ERROR);
        assertThat(server.step(run, SECOND).message())
                .contains("Authentication failed", "'password' or 'key'")
                .doesNotContain(WRONG);
    }

    @Test
    void aWrongSecretSaysWhatToDo() {
        pipeline("wrong", "app", "{from_secret: nexus/ci/git#wrong}");
        RunSummary ended = server.finish(server.begin("wrong"));

        assertThat(ended.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(server.client.run(ended.id()).toString())
                .contains("Authentication failed", "'password' or 'key'")
                .doesNotContain(WRONG);
    }

    @Test
    void aSecretThatIsNotThereAndAStoreThatIsAwayAreTold() throws Exception {
        pipeline("missing", "app", "{from_secret: nexus/ci/git#nothing}");
        RunSummary missing = server.finish(server.begin("missing"));
        assertThat(missing.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(server.client.run(missing.id()).toString())
                .contains(url("app"), "the store 'nexus' has no such secret");

        keep("ci/away", "token", TOKEN);
        pipeline("away", "app", "{from_secret: nexus/ci/away#token}");
        Path away = Files.createFile(store.resolve("away"));
        try {
            RunSummary ended = server.finish(server.begin("away"));
            assertThat(ended.outcome()).isEqualTo(Outcome.ERROR);
            assertThat(server.client.run(ended.id()).toString()).contains("the store is sealed");
        } finally {
            Files.delete(away);
        }
    }

    @Test
    void aSecretOfTheServersMachineOpensItToo() {
        pipeline("machine", "app", "\"${env:GIT_TOKEN}\"");
        assertThat(server.finish(server.begin("machine")).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void whoNamesNoSecretDoesNotReadWhatAnotherHasFetched() {
        pipeline("with", "app", "{from_secret: nexus/ci/git#token}");
        RunId with = server.begin("with");
        assertThat(server.finish(with).outcome()).isEqualTo(Outcome.SUCCESS);
        server.pipeline("without", "repository: {url: \"%s\"}".formatted(url("app")));

        RunSummary without = server.finish(server.begin("without"));

        assertThat(without.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(server.client.run(without.id()).toString())
                .contains("'password' for https, 'key' for ssh");
    }

    @Test
    void theChangeOfAStrangerIsCheckedOutWithoutAnySecretForItsSteps() throws Exception {
        pipeline("forked", "app", "{from_secret: nexus/ci/git#token}");
        HttpResponse<String> answer =
                server.send(
                        server.request("/hooks/strangers/default.forked.pulls")
                                .POST(BodyPublishers.ofString("{}")));
        RunId run =
                RunId.parse(new JsonMapper().readTree(answer.body()).at("/runs/0").asString(""));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.client.run(run).run().status() == Status.BLOCKED);
        var _ = server.client.approve(run, FIRST, new ApprovalRequest(true, ""));

        assertThat(server.finish(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(TRACES.cells(server.database)).isEmpty();
    }
}
