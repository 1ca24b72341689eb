package dev.millwright.itest.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Pull requests of forks, whose authors may be anybody.
@Timeout(120)
class GithubForkIT {
    private static final String PIPELINE =
            """
            setup: [{name: setup, commands: ['touch "$TRACE"']}]
            environment: {TRACE: %s}
            steps: [{name: greet, commands: [cat greeting.txt]}]
            """;

    @TempDir Path folder;
    private HookedPipeline web;
    private Path trace;

    @BeforeEach
    void start() throws Exception {
        web = HookedPipeline.open(folder);
        trace = folder.resolve("trace");
    }

    @AfterEach
    void stop() {
        web.close();
    }

    /// A stranger changes the greeting, and the pipeline to what would be run without a question.
    private String ask() throws Exception {
        SmallRepository repository = web.repository();
        repository.commit("greeting.txt", "Hello", "Say hello");
        String base = repository.commit(".millwright.yaml", PIPELINE.formatted(trace), "Build");
        repository.git("switch", "-q", "-c", "spanish");
        repository.commit("greeting.txt", "Hola", "Hola");
        String head =
                repository.commit(
                        ".millwright.yaml", "steps: [{commands: [echo stolen]}]", "More than that");
        repository.git("switch", "-q", "main");
        repository.git("update-ref", "refs/pull/17/head", head);
        String body = GithubSender.pullRequest(base, head, GithubSender.HOME + 1);
        return web.begin(web.github().send("pull_request", "1", body));
    }

    private JsonNode run(String run) throws Exception {
        return web.server().get("/api/v1/runs/" + run).at("/run");
    }

    private void awaitQuestion(String run) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> run(run).at("/message").asString("").startsWith("Waits for the appr"));
    }

    private HttpResponse<String> approve(String run, boolean approved) throws Exception {
        return web.server()
                .send(
                        "POST",
                        "/api/v1/runs/" + run + "/steps/0/0/approve",
                        "{\"approved\": %s, \"comment\": \"seen\"}".formatted(approved),
                        Map.of("Content-Type", "application/json"));
    }

    private void answer(String run, boolean approved) throws Exception {
        HttpResponse<String> answer = approve(run, approved);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    @Test
    @Tag("S40")
    void nothingBeginsBeforeSomebodyHasLookedAtIt() throws Exception {
        String run = ask();

        awaitQuestion(run);
        assertThat(web.server().status(run)).isEqualTo("blocked");
        assertThat(run(run).at("/message").asString(""))
                .isEqualTo(
                        "Waits for the approval: pull request 17 of grace-at-github comes from a fork"
                                + " (https://github.com/octo/web/pull/17); look at it before it runs"
                                + " here, without secrets");
        assertThat(web.server().get("/api/v1/runs?status=blocked").at("/items")).hasSize(1);
        assertThat(web.server().get("/api/v1/runs?status=running").at("/items")).isEmpty();
        assertThat(trace).doesNotExist();

        answer(run, true);

        assertThat(web.server().awaitEnd(run)).isEqualTo("success");
        assertThat(trace).exists();
        // The change of the stranger, with the steps of the pipeline's owner
        assertThat(web.server().log(run, "0/1/1")).isEqualTo("Hola");
        JsonNode approval = web.server().get("/api/v1/runs/" + run + "/steps").at("/items/1");
        assertThat(approval.at("/message").asString(""))
                .startsWith("Approved by ")
                .contains("seen");
        assertThat(web.server().get("/api/v1/runs/" + run).at("/change/trusted").asBoolean())
                .isFalse();
    }

    @Test
    @Tag("S41")
    void aNewerPushTakesThePlaceOfTheOneThatWaits() throws Exception {
        String first = ask();
        awaitQuestion(first);
        SmallRepository repository = web.repository();
        String base = repository.git("rev-parse", "main");
        repository.git("switch", "-q", "spanish");
        String head = repository.commit("greeting.txt", "Buenos dias", "Politely");
        repository.git("update-ref", "refs/pull/17/head", head);

        String body = GithubSender.pullRequest(base, head, GithubSender.HOME + 1);
        String second = web.begin(web.github().send("pull_request", "2", body));

        assertThat(web.server().awaitEnd(first)).isEqualTo("cancelled");
        assertThat(approve(first, true).statusCode()).isEqualTo(409);
        awaitQuestion(second);
        answer(second, true);
        assertThat(web.server().awaitEnd(second)).isEqualTo("success");
        assertThat(web.server().log(second, "0/1/1")).isEqualTo("Buenos dias");
    }

    /// What was pushed in the meantime is not what somebody has looked at, even while nobody was
    /// told of it.
    @Test
    @Tag("S41")
    void anApprovalIsOfTheCommitThatWasThereAndOfNoOther() throws Exception {
        String run = ask();
        awaitQuestion(run);
        SmallRepository repository = web.repository();
        repository.git("switch", "-q", "spanish");
        repository.git("reset", "-q", "--hard", "main");
        String head = repository.commit("greeting.txt", "Adios", "Something else");
        repository.git("update-ref", "refs/pull/17/head", head);
        repository.git("switch", "-q", "main");

        answer(run, true);

        assertThat(web.server().awaitEnd(run)).isEqualTo("success");
        assertThat(web.server().log(run, "0/1/1")).isEqualTo("Hola");
    }

    @Test
    @Tag("S40")
    void whatIsRejectedLeavesNoTrace() throws Exception {
        String run = ask();
        awaitQuestion(run);

        answer(run, false);

        assertThat(web.server().awaitEnd(run)).isEqualTo("failure");
        assertThat(run(run).at("/message").asString("")).contains("Rejected by");
        assertThat(trace).doesNotExist();
    }

    @Test
    @Tag("S40")
    void whoeverLeftItOpenFindsItAgainAfterTheServerWasKilled() throws Exception {
        String run = ask();
        awaitQuestion(run);
        web.close();

        web = web.again(folder);

        assertThat(web.server().status(run)).isEqualTo("blocked");
        answer(run, true);
        assertThat(web.server().awaitEnd(run)).isEqualTo("success");
    }
}
