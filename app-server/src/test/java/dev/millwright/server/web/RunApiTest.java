package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.ApiException;
import dev.millwright.api.LiveStream;
import dev.millwright.api.delivery.DeliveryAccepted;
import dev.millwright.api.delivery.DeliveryQuery;
import dev.millwright.api.event.EventView;
import dev.millwright.api.run.CancelRequest;
import dev.millwright.api.run.RerunRequest;
import dev.millwright.api.run.RunSummary;
import dev.millwright.api.run.StartRunRequest;
import dev.millwright.api.run.Status;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import dev.millwright.server.run.Statistics;
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
import org.junit.jupiter.api.Test;

/// What callers do with runs, through the client where it can.
class RunApiTest extends RunFixture {
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
    void cancelledRunsEndAndSayWho() {
        RunId run = server.begin("slow");
        server.awaitStep(run, FIRST, Status.RUNNING);
        assertThat(server.system.runs().active())
                .contains(new Statistics.ActiveCount("default", "slow", "executing", 1));
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
        assertThat(summary)
                .returns(2, RunSummary::stepsTotal)
                .returns(2, RunSummary::stepsFinished);
        assertThat(server.step(again, FIRST).carried()).isTrue();
        assertThat(
                        server.post("/api/v1/runs/" + run + "/rerun", "{\"mode\":\"from\"}")
                                .statusCode())
                .isEqualTo(400);
        assertThat(server.client.explain(run).steps()).anyMatch(s -> s.status() == Status.FAILURE);
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
}
