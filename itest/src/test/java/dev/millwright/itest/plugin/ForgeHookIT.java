package dev.millwright.itest.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.itest.system.Distribution;
import dev.millwright.itest.system.ServerProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server with the plugin `forge-webhooks` as users get it, and a pipeline that GitLab tells of.
@Timeout(120)
class ForgeHookIT {
    private static final String TOKEN = "GitLab-shows-this-to-everybody";
    private static final String PIPELINE =
            """
            apiVersion: v1alpha
            kind: Pipeline
            metadata: {name: web}
            spec:
              repository: {url: "%s", branch: main}
              hooks:
                - name: push
                  type: gitlab
                  with: {secret: "${env:GITLAB_HOOK_SECRET}"}
            """;

    @TempDir Path folder;
    private SmallRepository repository;
    private ServerProcess server;

    @BeforeEach
    void start() throws Exception {
        repository = SmallRepository.create(folder.resolve("web.git"));
        Distribution.install("forge-webhooks", folder);
        server = ServerProcess.start(folder, Map.of("GITLAB_HOOK_SECRET", TOKEN));
        server.apply(PIPELINE.formatted(repository.folder()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> send(String token, String body) throws IOException {
        return send(token, "Push Hook", body);
    }

    private HttpResponse<String> send(String token, String event, String body) throws IOException {
        return server.send(
                "POST",
                "/hooks/gitlab/web.push",
                body,
                Map.of(
                        "Content-Type",
                        "application/json",
                        "X-Gitlab-Event",
                        event,
                        "X-Gitlab-Event-UUID",
                        "13792a34-cac6-4fda-95a8-c58e00a3954e",
                        "X-Gitlab-Token",
                        token));
    }

    /// What GitLab sends for a push of one commit to the branch `main`.
    private static String push(String before, String after) {
        return """
        {"object_kind": "push", "event_name": "push", "before": "%s", "after": "%2$s",
         "ref": "refs/heads/main", "checkout_sha": "%2$s", "user_username": "jsmith",
         "project": {"id": 15, "path_with_namespace": "mike/web",
           "git_http_url": "http://example.com/mike/web.git"},
         "commits": [{"id": "%2$s", "message": "Greet in French",
           "url": "http://example.com/mike/web/-/commit/%2$s",
           "author": {"name": "Ada", "email": "ada@example.org"},
           "added": ["greeting.txt"], "modified": [], "removed": []}],
         "total_commits_count": 1}
        """
                .formatted(before, after);
    }

    /// What GitLab sends when somebody wants to merge a fork into the branch `release`. It does not
    /// tell which commit that branch is at.
    private static String mergeRequest(String head) {
        return """
        {"object_kind": "merge_request", "user": {"username": "eve"},
         "project": {"id": 15, "path_with_namespace": "mike/web",
           "git_http_url": "http://example.com/mike/web.git"},
         "object_attributes": {"iid": 16, "title": "Two files", "action": "open",
           "source_branch": "feature", "target_branch": "release",
           "source_project_id": 77, "target_project_id": 15,
           "source": {"git_http_url": "http://example.com/eve/web.git"},
           "last_commit": {"id": "%s", "message": "Second"},
           "url": "http://example.com/mike/web/-/merge_requests/16"},
         "labels": []}
        """
                .formatted(head);
    }

    private JsonNode deliveries() throws IOException {
        return server.get("/api/v1/deliveries?pipeline=web").at("/items");
    }

    @Test
    void aPushOfGitlabIsOneRunHoweverOftenItComes() throws Exception {
        String before =
                repository.commit(
                        ".millwright.yaml",
                        HookedPipeline.printing(
                                "CI_COMMIT_SHA", "CI_PIPELINE_FILES", "CI_PIPELINE_AUTHOR"),
                        "Say hello");
        String after = repository.commit("greeting.txt", "Bonjour", "Greet in French");

        HttpResponse<String> first = send(TOKEN, push(before, after));
        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        String run = HookedPipeline.run(first);
        assertThat(server.awaitEnd(run)).isEqualTo("success");
        assertThat(server.log(run, "0/0"))
                .isEqualTo(
                        """
                        CI_COMMIT_SHA=%s
                        CI_PIPELINE_FILES=["greeting.txt"]
                        CI_PIPELINE_AUTHOR=jsmith
                        """
                                .formatted(after));

        HttpResponse<String> again = send(TOKEN, push(before, after));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(HookedPipeline.run(again)).isEqualTo(run);
        assertThat(deliveries()).hasSize(1);
        assertThat(isOnDisk("Push Hook")).as("its other headers are kept").isTrue();
        assertThat(isOnDisk(TOKEN)).as("the token is not").isFalse();
    }

    private boolean isOnDisk(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
            return false;
        }
    }

    @Test
    void aMergeRequestOfAForkIsBuiltByThePipelineOfItsTarget() throws Exception {
        repository.commit(".millwright.yaml", "steps: [{commands: [echo main]}]\n", "For main");
        repository.git("switch", "-q", "-c", "release");
        repository.commit(
                ".millwright.yaml", HookedPipeline.printing("CI_PIPELINE_FILES"), "For release");
        repository.git("switch", "-q", "-c", "feature");
        repository.commit("first.txt", "1", "First");
        String head = repository.commit("second.txt", "2", "Second");
        repository.git("update-ref", "refs/merge-requests/16/head", head);
        repository.git("switch", "-q", "main");
        repository.git("branch", "-q", "-D", "feature");

        String run = HookedPipeline.run(send(TOKEN, "Merge Request Hook", mergeRequest(head)));
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        server.get("/api/v1/runs/" + run)
                                .at("/run/message")
                                .asString("")
                                .startsWith("Waits for the approval"));
        HttpResponse<String> approval =
                server.send(
                        "POST",
                        "/api/v1/runs/" + run + "/steps/0/0/approve",
                        "{\"approved\": true}",
                        Map.of("Content-Type", "application/json"));
        assertThat(approval.statusCode()).as(approval.body()).isEqualTo(202);

        assertThat(server.awaitEnd(run)).isEqualTo("success");
        assertThat(server.log(run, "0/1/0"))
                .isEqualTo("CI_PIPELINE_FILES=[\"first.txt\",\"second.txt\"]\n");
    }

    @Test
    void whoeverGuessesTheTokenLeavesNoTrace() throws Exception {
        HttpResponse<String> forged = send("a guess", push("1".repeat(40), "2".repeat(40)));
        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(deliveries()).isEmpty();
    }
}
