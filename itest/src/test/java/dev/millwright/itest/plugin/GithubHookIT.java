package dev.millwright.itest.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server with the plugin `github-webhook` as users get it.
@Timeout(120)
class GithubHookIT {
    @TempDir Path folder;
    private HookedPipeline web;

    @BeforeEach
    void start() throws Exception {
        web = HookedPipeline.open(folder);
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void aSignedPushIsOneRunHoweverOftenItComes() throws Exception {
        String pipeline = "steps: [{name: hello, commands: ['echo commit $CI_COMMIT_SHA']}]\n";
        String before = web.repository().commit(".millwright.yaml", pipeline, "Say hello");
        String after = web.repository().commit("greeting.txt", "Bonjour", "Greet in French");
        String push = GithubSender.push(before, after, "Greet in French", "greeting.txt");

        HttpResponse<String> first = web.github().send("push", "72d3162e-cc78", push);
        String run = web.begin(first);
        assertThat(web.server().awaitEnd(run)).isEqualTo("success");
        assertThat(web.server().log(run, "0/0")).isEqualTo("commit " + after + "\n");

        HttpResponse<String> again = web.github().send("push", "72d3162e-cc78", push);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(HookedPipeline.run(again)).isEqualTo(run);
        assertThat(web.deliveries()).hasSize(1);
        assertThat(web.server().get("/api/v1/runs?pipeline=web").at("/items")).hasSize(1);
    }

    @Test
    @Tag("S01")
    void whatIsNotSignedWithTheSecretLeavesNoTrace() throws Exception {
        String push = GithubSender.push("1".repeat(40), "2".repeat(40), "Forged", "a.txt");
        GithubSender stranger = new GithubSender(web.server(), "/hooks/github/web.push", "a guess");

        HttpResponse<String> forged = stranger.send("push", "1", push);
        HttpResponse<String> altered =
                web.github().send("push", "2", push + " ", web.github().signature(push));
        HttpResponse<String> unsigned = web.github().send("push", "3", push, "");

        for (HttpResponse<String> answer : List.of(forged, altered, unsigned)) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("The hook's signature or token is missing or wrong");
        }
        assertThat(web.deliveries()).isEmpty();
        assertThat(web.server().get("/api/v1/runs?pipeline=web").at("/items")).isEmpty();
    }

    @Test
    void whatGitHubTellsOfAPushReachesTheSteps() throws Exception {
        String pipeline =
                "when: {path: greeting.txt}\n"
                        + HookedPipeline.printing(
                                "CI_COMMIT_MESSAGE",
                                "CI_COMMIT_AUTHOR",
                                "CI_PREV_COMMIT_SHA",
                                "CI_PIPELINE_FILES",
                                "CI_PIPELINE_AUTHOR",
                                "CI_PIPELINE_FORGE_URL",
                                "MILLWRIGHT_DELIVERY");
        String before = web.repository().commit(".millwright.yaml", pipeline, "Say hello");
        // Its own parent does not have the file that the filter asks for; the push does
        web.repository().commit("greeting.txt", "Bonjour", "Greet in French");
        String after = web.repository().commit("other.txt", "-", "Something else");
        String push = GithubSender.push(before, after, "Something else", "greeting.txt");

        String run = web.begin(web.github().send("push", "72d3162e-cc78", push));

        assertThat(web.server().awaitEnd(run)).isEqualTo("success");
        assertThat(web.server().log(run, "0/0"))
                .isEqualTo(
                        """
                        CI_COMMIT_MESSAGE=Something else
                        CI_COMMIT_AUTHOR=Ada
                        CI_PREV_COMMIT_SHA=%s
                        CI_PIPELINE_FILES=["greeting.txt"]
                        CI_PIPELINE_AUTHOR=ada-at-github
                        CI_PIPELINE_FORGE_URL=https://github.com/octo/web/commit/%s
                        MILLWRIGHT_DELIVERY=72d3162e-cc78
                        """
                                .formatted(before, after));
        JsonNode change = web.server().get("/api/v1/runs/" + run).at("/change");
        assertThat(change.at("/sender").asString("")).isEqualTo("ada-at-github");
        assertThat(change.at("/delivery").asString("")).isEqualTo("72d3162e-cc78");
    }

    @Test
    void whatGitHubTellsOfAPullRequestReachesTheSteps() throws Exception {
        String pipeline =
                "when: {event: pull_request, branch: main, path: spanish.txt}\n"
                        + HookedPipeline.printing(
                                "CI_COMMIT_PULL_REQUEST",
                                "CI_COMMIT_PULL_REQUEST_TITLE",
                                "CI_COMMIT_PULL_REQUEST_LABELS",
                                "CI_COMMIT_SOURCE_BRANCH",
                                "CI_COMMIT_TARGET_BRANCH",
                                "CI_COMMIT_MESSAGE",
                                "CI_PIPELINE_FILES");
        web.repository().commit(".millwright.yaml", pipeline, "Say hello");
        web.repository().git("switch", "-q", "-c", "spanish");
        String head = web.repository().commit("spanish.txt", "Hola", "Hola");
        web.repository().git("update-ref", "refs/pull/17/head", head);
        web.repository().git("switch", "-q", "main");
        String base = web.repository().commit("elsewhere.txt", "-", "The target moves on");

        String run =
                web.begin(
                        web.github()
                                .send(
                                        "pull_request",
                                        "1",
                                        GithubSender.pullRequest(base, head, GithubSender.HOME)));

        assertThat(web.server().awaitEnd(run)).isEqualTo("success");
        assertThat(web.server().log(run, "0/0"))
                .isEqualTo(
                        """
                        CI_COMMIT_PULL_REQUEST=17
                        CI_COMMIT_PULL_REQUEST_TITLE=Greet in Spanish
                        CI_COMMIT_PULL_REQUEST_LABELS=bug,urgent
                        CI_COMMIT_SOURCE_BRANCH=spanish
                        CI_COMMIT_TARGET_BRANCH=main
                        CI_COMMIT_MESSAGE=Hola
                        CI_PIPELINE_FILES=["spanish.txt"]
                        """);
        JsonNode pull = web.server().get("/api/v1/runs/" + run).at("/change/pullRequest");
        assertThat(pull.at("/number").asLong()).isEqualTo(17);
        assertThat(pull.at("/title").asString("")).isEqualTo("Greet in Spanish");
    }

    @Test
    void aPingIsTakenAndStartsNothing() throws Exception {
        String ping = "{\"zen\": \"Keep it logically awesome.\", \"hook_id\": 109948940}";

        HttpResponse<String> answer = web.github().send("ping", "0b989ba4-242f", ping);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("ignored", "GitHub asks whether");
        assertThat(HookedPipeline.run(answer)).isEmpty();
        assertThat(web.deliveries().at("/0/status").asString("")).isEqualTo("ignored");
        assertThat(web.deliveries().at("/0/reason").asString("")).contains("GitHub asks whether");
    }
}
