package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.ApiException;
import dev.millwright.api.LiveStream;
import dev.millwright.api.delivery.DeliveryAccepted;
import dev.millwright.api.delivery.DeliveryQuery;
import dev.millwright.api.event.EventQuery;
import dev.millwright.api.event.EventView;
import dev.millwright.api.run.CancelRequest;
import dev.millwright.api.run.RerunRequest;
import dev.millwright.api.run.RunDetail;
import dev.millwright.api.run.RunQuery;
import dev.millwright.api.run.RunSummary;
import dev.millwright.api.run.StartRunRequest;
import dev.millwright.api.run.Status;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What callers do with runs, through the client where it can.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunApiTest {
    private static final StepPath FIRST = StepPath.parse("0/0");
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir static Path directory;
    private static ApiServer server;

    /// Another one in the class that does the same on PostgreSQL.
    Database database() {
        return TestDatabases.embedded(directory.resolve("data"));
    }

    @BeforeAll
    void start() {
        server = new ApiServer(directory, database());
        server.pipeline(
                "talk", "steps: [{name: say, commands: [echo one, echo two >&2, echo three]}]");
        server.pipeline(
                "bytes",
                """
                steps:
                  - name: raw
                    commands: ["printf 'a\\\\377b\\\\n\\\\000'", "printf 'end' >&2"]
                """);
        server.pipeline(
                "gate", "steps: [{name: ok, approve: {}}, {name: after, commands: [echo go]}]");
        server.pipeline("slow", "steps: [{name: wait, commands: [sleep 30]}]");
        server.pipeline(
                "red", "steps: [{name: good, commands: [true]}, {name: bad, commands: [exit 3]}]");
        server.pipeline(
                "typed",
                """
                inputs:
                  count: {type: number, default: 1}
                steps: [{name: say, commands: ["echo $MILLWRIGHT_INPUT_COUNT"]}]
                """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anAcceptedRunIsThereAtOnceAndRunsToItsEnd() throws Exception {
        HttpResponse<String> response =
                server.post("/api/v1/namespaces/default/pipelines/talk/runs", "{}");
        assertThat(response.statusCode()).isEqualTo(202);
        String location = response.headers().firstValue("Location").orElseThrow();
        assertThat(server.get(location).statusCode()).isEqualTo(200);
        RunSummary run =
                server.finish(RunId.parse(location.substring(location.lastIndexOf('/') + 1)));
        assertThat(run.status()).isEqualTo(Status.SUCCESS);
        assertThat(run.event()).isEqualTo("api");
        assertThat(server.step(run.id(), FIRST))
                .satisfies(step -> {
                    assertThat(step.status()).isEqualTo(Status.SUCCESS);
                    assertThat(step.exitCode()).isZero();
                    assertThat(step.durationMillis()).isNotNull();
                    assertThat(step.runner()).isEqualTo("process");
                });
    }

    @Test
    void aFullNodeIsWaitedForAndSaysSo() throws Exception {
        Path gate = directory.resolve("gate" + System.nanoTime());
        server.pipeline(
                "hold",
                "steps: [{name: wait, commands: [\"while [ ! -e %s ]; do sleep 0.05; done\"]}]"
                        .formatted(gate));
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RunId run = server.begin("hold");
            server.awaitStep(run, FIRST, Status.RUNNING);
            runs.add(run);
        }

        assertThat(server.client.nodes().items().getFirst().busy()).isEqualTo(4);
        RunId fifth = server.begin("hold");
        server.awaitStep(fifth, FIRST, Status.QUEUED);
        assertThat(server.client.explain(fifth).steps())
                .singleElement()
                .satisfies(step ->
                        assertThat(step.nodes())
                                .singleElement()
                                .satisfies(node ->
                                        assertThat(node.reason())
                                                .isEqualTo("all 4 slots are busy")));
        Files.createFile(gate);
        for (RunId run : runs) {
            assertThat(server.finish(run).status()).isEqualTo(Status.SUCCESS);
        }
        assertThat(server.finish(fifth).status()).isEqualTo(Status.SUCCESS);
        await().untilAsserted(
                        () -> assertThat(server.client.nodes().items().getFirst().busy()).isZero());
    }

    @Test
    void inputsOfOtherTypesThanTextReachTheRun() {
        RunId run =
                server.client
                        .startRun("default", "typed", StartRunRequest.of(Map.of("count", 7)))
                        .run();
        server.finish(run);
        assertThat(server.client.run(run).inputs()).containsEntry("count", "7");
    }

    @Test
    void aRunThatIsTurnedDownEndsItsStreamAndTheDeliverySaysWhy() {
        DeliveryAccepted accepted =
                server.client.startRun(
                        "default", "typed", StartRunRequest.of(Map.of("count", "many")));
        try (LiveStream<EventView> events = server.client.followRun(accepted.run(), 0)) {
            while (!events.isEnded()) {
                try {
                    events.poll(Duration.ofSeconds(1));
                } catch (ApiException gone) {
                    assertThat(gone.status()).isEqualTo(404);
                }
            }
        }
        assertThat(server.client.delivery(accepted.delivery()).delivery())
                .satisfies(delivery -> {
                    assertThat(delivery.status()).isEqualTo("rejected");
                    assertThat(delivery.reason()).contains("count");
                });
        assertThatThrownBy(() -> server.client.run(accepted.run()))
                .hasMessageContaining("was rejected")
                .hasMessageContaining("count");
    }

    @Test
    void theSameIdempotencyKeyStartsOneRun() throws Exception {
        String path = "/api/v1/namespaces/default/pipelines/talk/runs";
        Set<String> locations = new HashSet<>();
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++) {
                answers.add(
                        threads.submit(() ->
                                server.send(
                                        server.request(path)
                                                .header("Content-Type", "application/json")
                                                .header("Idempotency-Key", "once")
                                                .POST(BodyPublishers.ofString("{}")))));
            }
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(202);
                locations.add(answer.get().headers().firstValue("Location").orElseThrow());
            }
        }
        assertThat(locations).hasSize(1);
        HttpResponse<String> other =
                server.send(
                        server.request(path)
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", "once")
                                .POST(BodyPublishers.ofString("{\"ref\":\"other\"}")));
        assertThat(other.statusCode()).isEqualTo(422);
    }

    @Test
    void unknownThingsAreNotFound() throws Exception {
        String nobody = "/api/v1/runs/0199c0de-1c2f-7a3b-8000-9a4d1c0ffee0";
        assertThat(server.get(nobody).statusCode()).isEqualTo(404);
        assertThat(server.get(nobody + "/events").statusCode()).isEqualTo(404);
        assertThat(server.get(nobody + "/steps/0/log").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/runs/nonsense").statusCode()).isEqualTo(400);
        assertThat(server.post(nobody + "/cancel", "{}").statusCode()).isEqualTo(404);
        assertThat(server.post(nobody + "/rerun", "{}").statusCode()).isEqualTo(404);
        assertThat(
                        server.post("/api/v1/namespaces/default/pipelines/nobody/runs", "{}")
                                .statusCode())
                .isEqualTo(404);
        RunId run = server.begin("talk");
        server.finish(run);
        assertThat(server.get("/api/v1/runs/" + run + "/steps/0/9/log").statusCode())
                .isEqualTo(404);
        assertThat(server.get("/api/v1/runs/" + run + "/steps/a/log").statusCode()).isEqualTo(400);
    }

    @Test
    void eventsOfARunAreNumberedWithoutGapsInEveryForm() {
        RunId run = server.begin("red");
        List<Long> live = new ArrayList<>();
        // Come back after every single event.
        boolean over = false;
        while (!over) {
            long last = live.isEmpty() ? 0 : live.getLast();
            try (LiveStream<EventView> events = server.client.followRun(run, last)) {
                events.poll(Duration.ofSeconds(5)).ifPresent(e -> live.add(e.runSeq()));
                over = events.isEnded();
            }
        }
        List<Long> expected = LongStream.rangeClosed(1, live.size()).boxed().toList();
        assertThat(live).isEqualTo(expected);
        assertThat(server.client.run(run).run().sequence()).isEqualTo(live.size());
        assertThat(
                        server.client.events(EventQuery.ALL.limit(500)).items().stream()
                                .filter(e -> run.equals(e.runId()))
                                .map(EventView::runSeq)
                                .toList())
                .isEqualTo(expected);
    }

    @Test
    void theJournalIsFollowedFromNowOn() {
        try (LiveStream<EventView> events =
                server.client.followEvents(EventQuery.ALL.ofType("run.finished").after(-1))) {
            await().until(events::isConnected);
            RunId run = server.begin("talk");
            List<RunId> seen = new ArrayList<>();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> {
                        events.poll(Duration.ofSeconds(1)).ifPresent(e -> seen.add(e.runId()));
                        return seen.contains(run);
                    });
        }
    }

    @Test
    void cancelledRunsEndAndSayWho() {
        RunId run = server.begin("slow");
        server.awaitStep(run, FIRST, Status.RUNNING);
        assertThat(server.client.queue().runs()).anyMatch(r -> r.id().equals(run));
        assertThat(server.client.cancel(run, new CancelRequest("not now", false)).run())
                .isEqualTo(run);
        assertThat(server.finish(run).status()).isEqualTo(Status.CANCELLED);
        assertThatThrownBy(() -> server.client.cancel(run, new CancelRequest("", false)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(409));
    }

    @Test
    void onlyAForcedCancelStopsTheTeardown() {
        server.pipeline(
                "careful",
                """
                steps:
                  - name: work
                    sequence:
                      - commands: [sleep 60]
                    teardown:
                      - {name: tidy, commands: [sleep 60]}
                """);
        RunId run = server.begin("careful");
        server.awaitStep(run, StepPath.parse("0/0/0"), Status.RUNNING);
        server.client.cancel(run, new CancelRequest("", false));
        server.awaitStep(run, StepPath.parse("0/0/1"), Status.RUNNING);
        server.client.cancel(run, new CancelRequest("", false));
        assertThat(server.step(run, StepPath.parse("0/0/1")).status()).isEqualTo(Status.RUNNING);

        server.client.cancel(run, new CancelRequest("", true));

        assertThat(server.finish(run).status()).isEqualTo(Status.CANCELLED);
        assertThat(server.step(run, StepPath.parse("0/0/1")).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void runsAreRepeatedFromTheFailedStep() throws Exception {
        RunId run = server.begin("red");
        assertThat(server.finish(run).status()).isEqualTo(Status.FAILURE);
        RunId again = server.client.rerun(run, RerunRequest.failed()).run();
        RunSummary summary = server.finish(again);
        assertThat(summary.rerunOf()).isEqualTo(run);
        assertThat(server.step(again, FIRST).carried()).isTrue();
        assertThat(
                        server.post("/api/v1/runs/" + run + "/rerun", "{\"mode\":\"from\"}")
                                .statusCode())
                .isEqualTo(400);
        assertThat(server.client.explain(run).steps()).anyMatch(s -> s.status() == Status.FAILURE);
    }

    @Test
    void unchangedRunsAreNotSentAgain() throws Exception {
        RunId run = server.begin("talk");
        server.finish(run);
        for (String path : List.of("", "/steps")) {
            String address = "/api/v1/runs/" + run + path;
            String tag = server.get(address).headers().firstValue("ETag").orElseThrow();
            assertThat(
                            server.send(server.request(address).header("If-None-Match", tag))
                                    .statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void listsArePagedByOpaqueCursorsAndLinks() throws Exception {
        for (int i = 0; i < 3; i++) {
            server.finish(server.begin("talk"));
        }
        RunQuery query = RunQuery.ALL.ofPipeline("talk").limit(2);
        List<RunId> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            var page = server.client.runs(cursor.isEmpty() ? query : query.after(cursor));
            page.items().forEach(run -> seen.add(run.id()));
            cursor = page.next().orElse(null);
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
        HttpResponse<String> first = server.get("/api/v1/runs?pipeline=talk&limit=1");
        String link = first.headers().firstValue("Link").orElseThrow();
        String next = link.substring(1, link.indexOf('>'));
        assertThat(link).endsWith("rel=\"next\"");
        assertThat(server.get(next).statusCode()).isEqualTo(200);
        assertThat(server.get(next).body()).isNotEqualTo(first.body());
        for (String list :
                List.of(
                        "runs",
                        "events",
                        "deliveries",
                        "namespaces",
                        "namespaces/default/pipelines")) {
            assertThat(server.get("/api/v1/" + list + "?cursor=!!").statusCode())
                    .as(list)
                    .isEqualTo(400);
            assertThat(server.get("/api/v1/" + list + "?limit=501").statusCode())
                    .as(list)
                    .isEqualTo(400);
        }
    }

    @Test
    void deliveriesAreListedShownAndRepeated() {
        var accepted = server.client.startRun("default", "talk", StartRunRequest.of(Map.of()));
        server.finish(accepted.run());
        var detail = server.client.delivery(accepted.delivery());
        assertThat(detail.delivery().status()).isEqualTo("started");
        assertThat(detail.delivery().runId()).isEqualTo(accepted.run());
        assertThat(detail.parameters().get("by").toString()).startsWith("admin@");
        var again = server.client.redeliver(accepted.delivery());
        assertThat(again.run()).isNotEqualTo(accepted.run());
        assertThat(server.finish(again.run()).status()).isEqualTo(Status.SUCCESS);
        assertThat(server.client.deliveries(DeliveryQuery.ALL.withStatus("started")).items())
                .isNotEmpty();
    }

    @Test
    void badgesAndCcTrayTellTheLastResult() throws Exception {
        server.finish(server.begin("talk"));
        server.finish(server.begin("red"));
        HttpResponse<String> badge =
                server.http.send(
                        java.net.http.HttpRequest.newBuilder(
                                        server.address("/api/v1/badges/default/red/status.svg"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(badge.body()).contains("<title>red: failure</title>");
        assertThat(badge.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(badge.headers().firstValue("ETag")).isPresent();
        assertThat(server.get("/api/v1/badges/default/nobody/status.svg").body())
                .contains("unknown");
        assertThat(server.get("/api/v1/cc.xml").body())
                .contains("name=\"default/red\" activity=\"Sleeping\" lastBuildStatus=\"Failure\"");
        assertThat(server.client.stats().pipelines())
                .anySatisfy(p -> {
                    assertThat(p.pipeline()).isEqualTo("red");
                    assertThat(p.runs().failedPercent()).isEqualTo(100.0);
                });
    }

    @Test
    void theServerTellsAboutItself() {
        assertThat(server.client.health().status()).isEqualTo("ok");
        assertThat(server.client.ready().ready()).isTrue();
        assertThat(server.client.version().version()).isEqualTo("0.1.0");
        assertThat(server.client.nodes().items().getFirst().runners()).contains("process");
        assertThat(server.client.config().settings()).isNotEmpty();
        assertThat(JSON.readTree(server.client.pipelineSchema()).isObject()).isTrue();
    }

    @Test
    void runDetailsNameTheirInputs() {
        RunId run = server.begin("typed");
        RunDetail detail = server.client.run(run);
        assertThat(detail.inputs()).containsEntry("count", "1");
        server.finish(run);
    }
}
