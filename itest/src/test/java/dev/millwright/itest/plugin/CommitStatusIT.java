package dev.millwright.itest.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// How runs stand is shown beside their commits.
@Timeout(180)
class CommitStatusIT {
    private static final String FORGE =
            """
            apiVersion: v1alpha
            kind: Forge
            metadata: {name: github}
            spec:
              type: github
              with: {token: "${env:GITHUB_TOKEN}", api: "%s"}
            """;

    @TempDir Path folder;
    private StatusReceiver github;
    private HookedPipeline web;

    @BeforeEach
    void start() throws Exception {
        github = new StatusReceiver();
        web = HookedPipeline.cloned(folder, Map.of("GITHUB_TOKEN", StatusReceiver.TOKEN));
        web.server().apply(FORGE.formatted(github.api()));
    }

    @AfterEach
    void stop() {
        web.close();
        github.close();
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(50));
    }

    /// Push one commit whose pipeline waits for the file; gives its run.
    private String push(Path go, String command) throws Exception {
        String steps =
                "steps: [{name: work, commands: ['while [ ! -e \"%s\" ]; do sleep 0.05; done', '%s']}]\n"
                        .formatted(go, command);
        String before = web.repository().commit("readme", go.toString(), "Before");
        String after = web.repository().commit(".millwright.yaml", steps, "Work");
        return web.begin(
                web.github().send("push", after, GithubSender.push(before, after, "Work", "a")));
    }

    private JsonNode channel() throws Exception {
        return web.server().get("/api/v1/queue").at("/outbox/0");
    }

    @Test
    void aCommitShowsHowItsRunStandsFromTheBeginningToTheEnd() throws Exception {
        Path go = folder.resolve("go");
        String run = push(go, "exit 3");
        eventually().until(() -> github.states().contains("pending"));
        Files.createFile(go);
        assertThat(web.server().awaitEnd(run)).isEqualTo("failure");

        eventually().until(() -> github.states().contains("failure"));

        assertThat(github.states()).last().isEqualTo("failure");
        String commit = web.repository().git("rev-parse", "HEAD");
        assertThat(github.shown())
                .allSatisfy(status -> {
                    assertThat(status.commit()).isEqualTo(commit);
                    assertThat(status.context()).isEqualTo("millwright/web");
                    assertThat(status.url()).endsWith("/api/v1/runs/" + run);
                });
        assertThat(github.shown().getLast().description())
                .startsWith("run 1: failure: step 'work'");
    }

    @Test
    void theEndIsShownEvenWhenGitHubWasAwayAndTheServerWasKilled() throws Exception {
        github.refuse(503);
        Path go = Files.createFile(folder.resolve("go"));
        String run = push(go, "true");
        assertThat(web.server().awaitEnd(run)).isEqualTo("success");
        eventually().until(() -> channel().at("/failing").asLong() > 0);
        web.close();
        web = web.again(folder);
        github.refuse(0);

        eventually().until(() -> github.states().contains("success"));

        // What was overtaken meanwhile is not told any more
        assertThat(github.states()).containsExactly("success");
        eventually().until(() -> channel().at("/waiting").asLong() == 0);
    }

    @Test
    void whatGitHubWillNeverTakeIsGivenUpAndTold() throws Exception {
        github.refuse(422);
        String run = push(Files.createFile(folder.resolve("go")), "true");
        assertThat(web.server().awaitEnd(run)).isEqualTo("success");

        eventually().until(() -> channel().at("/dropped").asLong() > 0);

        assertThat(channel().toString()).contains("forge default/github", "GitHub answered 422");
        assertThat(web.server().get("/api/v1/events?type=outbox*&latest=true").toString())
                .contains("outbox.dropped", "GitHub answered 422");
    }

    @Test
    void whatIsWrittenForAForgeIsCheckedWhenItIsApplied() throws Exception {
        var answer =
                web.server()
                        .send(
                                "POST",
                                "/api/v1/resources/apply?dryRun=true",
                                FORGE.formatted("nonsense"),
                                Map.of("Content-Type", "application/yaml"));

        assertThat(answer.body()).contains("/spec/with", "is no address such as");
    }
}
