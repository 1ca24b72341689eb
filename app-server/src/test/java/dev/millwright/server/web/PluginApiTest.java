package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.delivery.DeliveryDetail;
import dev.millwright.api.delivery.DeliveryQuery;
import dev.millwright.api.delivery.DeliveryView;
import dev.millwright.api.plugin.PluginList;
import dev.millwright.api.plugin.PluginView;
import dev.millwright.api.poll.PollView;
import dev.millwright.api.resource.ApplyResult;
import dev.millwright.api.run.ApprovalRequest;
import dev.millwright.api.run.RunQuery;
import dev.millwright.api.run.RunSummary;
import dev.millwright.api.run.Status;
import dev.millwright.host.PluginBuilder;
import dev.millwright.host.use.Point;
import dev.millwright.model.DeliveryId;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class PluginApiTest {
    private static final String TRIGGER =
            """
            package sample;
            import dev.millwright.plugin.*;
            import dev.millwright.plugin.trigger.RunRequest;
            import dev.millwright.plugin.webhook.*;
            import java.util.*;
            public final class Words implements WebhookTrigger<Words.Hook> {
                public record Hook(Secret token) {}
                public String kind() { return "words"; }
                public Class<Hook> configuration() { return Hook.class; }
                public Verification verify(WebhookRequest request, Hook hook) {
                    if (!hook.token().matches(request.header("X-Token").orElse(""))) { return Verification.refused(); }
                    if (request.body().isEmpty()) { return new Verification.Refused(422, "there are no words"); }
                    if (request.body().text().equals("break")) { throw new IllegalStateException("broken"); }
                    return new Verification.Accepted(request.header("X-Id").orElse(""), "words");
                }
                public Interpretation interpret(StoredDelivery delivery, Hook hook) {
                    if (delivery.body().text().equals("ignore")) { return new Interpretation.Ignored("as it says"); }
                    if (delivery.body().text().equals("stranger")) {
                        return Interpretation.run(RunRequest.of("pull_request").trust(RunRequest.Trust.NONE).build());
                    }
                    if (delivery.body().text().startsWith("refs/")) {
                        return Interpretation.run(RunRequest.of("push").ref(delivery.body().text()).build());
                    }
                    List<RunRequest> runs = new ArrayList<>();
                    for (String word : delivery.body().text().split(" ")) {
                        runs.add(RunRequest.of("manual").sender("ann")
                                .inputs(Map.of("word", word + delivery.query().getOrDefault("more", ""))).build());
                    }
                    return new Interpretation.Runs(runs);
                }
            }
            """;

    private static final String POLL =
            """
            package sample;
            import dev.millwright.plugin.poll.*;
            import dev.millwright.plugin.trigger.RunRequest;
            public final class Tip implements PollingTrigger<Tip.Settings> {
                public record Settings(String commit) {}
                public String kind() { return "tip"; }
                public Class<Settings> configuration() { return Settings.class; }
                public PollResult poll(PollRequest request, Settings settings) {
                    return PollResult.found(settings.commit(), new Finding(settings.commit(),
                            RunRequest.of("push").ref("refs/heads/main").commit(settings.commit()).build()));
                }
            }
            """;

    private static final String RUNNER =
            """
            package sample;
            import dev.millwright.plugin.runner.*;
            import java.nio.file.*;
            import java.time.Duration;
            import java.util.*;
            public final class Typed implements Runner<Typed.Step> {
                public record Step(String script) {}
                public String kind() { return "typed"; }
                public Class<Step> configuration() { return Step.class; }
                public Execution start(WorkOrder order, Step step) { throw new RunnerException("not today"); }
                public Optional<Execution> attach(WorkOrder order, Step step) { return Optional.empty(); }
            }
            """;

    @TempDir static Path folder;
    private static Database database;
    private static ApiServer server;

    @BeforeAll
    static void open() throws Exception {
        database = TestDatabases.embedded(folder.resolve("database"));
        server = new ApiServer(folder, database);
        // Before its trigger is there, so that nobody knows what is wrong with it
        server.pipeline(
                "web",
                """
                inputs: {word: {type: string, default: quiet}}
                hooks:
                  - {name: talk, type: words, with: {token: "${env:X}"}}
                  - {name: lost, type: elsewhere}
                  - {name: wrong, type: words, with: {tokn: "${env:X}"}}
                steps: [{name: say, commands: ["echo $MILLWRIGHT_INPUT_WORD"]}]
                """);
        var _ =
                PluginBuilder.of(folder, "words-trigger", "1.0.0")
                        .extension(Point.WEBHOOK, TRIGGER)
                        .extension(Point.RUNNER, RUNNER)
                        .extension(Point.POLL, POLL)
                        .jar(folder.resolve("plugins/words.jar"));
        Files.writeString(folder.resolve("plugins/broken.jar"), "no jar");
        server.plugins.tick();
    }

    @AfterAll
    static void close() {
        server.close();
        database.close();
    }

    private static HttpResponse<String> send(String path, String token, String id, String body)
            throws Exception {
        return server.http.send(
                HttpRequest.newBuilder(server.address(path))
                        .header("X-Token", token)
                        .header("X-Id", id)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static DeliveryDetail decided(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(202);
        DeliveryId id =
                DeliveryId.parse(
                        answer.body()
                                .replaceFirst("(?s).*\"delivery(Id)?\" *: *\"([^\"]+)\".*", "$2"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !server.client.delivery(id).delivery().status().equals("received"));
        return server.client.delivery(id);
    }

    @Test
    void aHookOfAPluginStartsRunsAndKnowsWhatCameBefore() throws Exception {
        String path = "/hooks/words/default.web.talk?more=s";
        HttpResponse<String> first = send(path, "s3cret", "one", "hello bird");
        assertThat(first.statusCode()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(server.client.runs(RunQuery.ALL).items())
                                .filteredOn(run -> run.event().equals("manual"))
                                .hasSize(2)
                                .allMatch(run -> run.outcome() == Outcome.SUCCESS));
        assertThat(server.client.runs(RunQuery.ALL).items())
                .extracting(RunSummary::cause)
                .contains("hook default.web.talk by ann");
        assertThat(send(path, "s3cret", "one", "hello bird").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsRefusedOrIgnoredSaysWhy() throws Exception {
        String path = "/hooks/words/web.talk";
        assertThat(send(path, "wrong", "a", "hello").statusCode()).isEqualTo(401);
        assertThat(send("/hooks/words/web.nothing", "s3cret", "a", "x").statusCode())
                .isEqualTo(401);
        assertThat(send("/hooks/words/web.wrong", "s3cret", "a", "x").statusCode()).isEqualTo(401);
        assertThat(send("/hooks/elsewhere/web.lost", "s3cret", "a", "x").statusCode())
                .isEqualTo(503);
        HttpResponse<String> empty = send(path, "s3cret", "a", "");
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(empty.body()).contains("there are no words");
        assertThat(send(path, "s3cret", "a", "break").statusCode()).isEqualTo(500);
        DeliveryDetail ignored = decided(send(path, "s3cret", "b", "ignore"));
        assertThat(ignored.delivery().status()).isEqualTo("ignored");
        assertThat(ignored.delivery().reason()).isEqualTo("as it says");
    }

    @Test
    void whatATriggerDoesNotUnderstandIsToldWhenItIsApplied() {
        ApplyResult result =
                server.client.apply(
                        """
                        apiVersion: v1alpha
                        kind: Pipeline
                        metadata: {name: careless}
                        spec:
                          hooks:
                            - name: talk
                              type: words
                              with:
                                tokn: "${env:X}"
                          polls: [{name: look, type: tip, with: {comit: a}}]
                          steps: [{commands: ["true"]}]
                        """,
                        "default",
                        true);

        assertThat(result.isAccepted()).isFalse();
        assertThat(result.toString())
                .contains("/spec/hooks/0/with/tokn", "unknown key 'tokn'", "'token' is missing")
                .contains("line=9")
                .contains("/spec/polls/0/with/comit", "unknown key 'comit'");
    }

    @Test
    @Tag("S40")
    void theChangeOfAStrangerWaitsForSomebodyWhoApproves() throws Exception {
        DeliveryDetail taken =
                decided(send("/hooks/words/web.talk", "s3cret", "stranger", "stranger"));
        RunId run = taken.delivery().runId();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.client.run(run).run().status() == Status.BLOCKED);
        assertThat(server.client.run(run).run().message()).contains("comes from a fork");

        var _ =
                server.client.approve(
                        run, new StepPath("0/0"), new ApprovalRequest(true, "looks good"));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.client.run(run).run().status() == Status.SUCCESS);
        assertThat(server.client.steps(run).items().get(1).message()).contains("looks good");
    }

    /// A repository with one commit on `main`. Gives its hash.
    private static String repository(Path place) throws Exception {
        Files.writeString(
                Files.createDirectories(place).resolve(".millwright.yaml"),
                "steps: [{name: a, commands: [\"true\"]}]\n");
        try (Git git = Git.init().setDirectory(place.toFile()).setInitialBranch("main").call()) {
            git.add().addFilepattern(".").call();
            return git.commit().setMessage("one").setSign(false).call().getName();
        }
    }

    @Test
    void aCommitThatTwoTriggersTellOfIsRunOnce() throws Exception {
        Path repository = folder.resolve("repository");
        var _ = repository(repository);
        server.pipeline(
                "once",
                """
                repository: {url: "file://%s", branch: main}
                hooks:
                  - {name: a, type: words, with: {token: "${env:X}"}}
                  - {name: b, type: words, with: {token: "${env:X}"}}
                """
                        .formatted(repository));
        DeliveryDetail first =
                decided(send("/hooks/words/once.a", "s3cret", "1", "refs/heads/main"));
        assertThat(first.delivery().status()).isEqualTo("started");
        DeliveryDetail second =
                decided(send("/hooks/words/once.b", "s3cret", "2", "refs/heads/main"));
        assertThat(second.delivery().status()).isEqualTo("ignored");
        assertThat(second.delivery().reason()).isEqualTo("run 1 has this commit already");
        DeliveryId by = server.client.redeliver(second.delivery().id()).delivery();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.client.delivery(by).delivery().status().equals("started"));
    }

    @Test
    void aCommitThatAHookToldOfIsNotRunAgainByAPoll() throws Exception {
        Path repository = folder.resolve("polled");
        String commit = repository(repository);
        server.pipeline(
                "polled",
                """
                repository: {url: "file://%s", branch: main}
                hooks: [{name: a, type: words, with: {token: "${env:X}"}}]
                polls: [{name: tip, type: tip, every: 10s, with: {commit: %s}}]
                """
                        .formatted(repository, commit));
        DeliveryDetail told =
                decided(send("/hooks/words/polled.a", "s3cret", "p1", "refs/heads/main"));
        assertThat(told.delivery().status()).isEqualTo("started");
        DeliveryQuery polled = DeliveryQuery.ALL.ofPipeline("polled").withStatus("ignored");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> {
                    server.polls.tick();
                    return !server.client.deliveries(polled).items().isEmpty();
                });
        DeliveryView found = server.client.deliveries(polled).items().getFirst();
        assertThat(found.source()).isEqualTo("poll:default/polled/tip");
        assertThat(found.reason()).isEqualTo("run 1 has this commit already");
        PollView poll = server.client.polls("default", "polled").items().getFirst();
        assertThat(poll.status()).isEqualTo("waiting");
        assertThat(poll.everyMillis()).isEqualTo(10_000);
        assertThat(poll.foundAt()).isNotNull().isEqualTo(poll.lookedAt());
        assertThat(server.client.polls("default", "web").items()).isEmpty();
    }

    @Test
    void pluginsAreListedWithWhatTheyOfferAndWhatIsWrong() {
        PluginList list = server.client.plugins();
        assertThat(list.directory()).isEqualTo(folder.resolve("plugins").toString());
        assertThat(list.apiVersion()).isEqualTo("0.1.0");
        assertThat(list.items())
                .extracting(PluginView::file, PluginView::state, PluginView::id)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("broken.jar", "failed", ""),
                        org.assertj.core.groups.Tuple.tuple(
                                "words.jar", "started", "words-trigger"));
        PluginView words = list.items().getLast();
        assertThat(words.extensions())
                .extracting(PluginView.Extension::point, PluginView.Extension::kind)
                .contains(org.assertj.core.groups.Tuple.tuple("WebhookTrigger", "words"));
        assertThat(words.extensions().getFirst().schema())
                .containsEntry("required", List.of("token"));
    }
}
