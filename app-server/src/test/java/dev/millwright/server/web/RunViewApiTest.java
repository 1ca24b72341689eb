package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.LiveStream;
import dev.millwright.api.event.EventQuery;
import dev.millwright.api.event.EventView;
import dev.millwright.api.run.ExplainView;
import dev.millwright.api.run.RunDetail;
import dev.millwright.api.run.RunQuery;
import dev.millwright.api.run.RunSummary;
import dev.millwright.api.run.Status;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What callers are told about runs and their server, through the client where it can.
class RunViewApiTest extends RunFixture {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void aSlipInTheNameOfAPipelineIsToldWithTheNameThatWasMeant() throws Exception {
        String slip = "/api/v1/namespaces/default/pipelines/takl";
        assertThat(server.post(slip + "/runs", "{}").body())
                .contains("there is no pipeline 'takl'", "did you mean 'talk'?");
        assertThat(server.get(slip).body())
                .contains("there is no Pipeline 'takl'", "did you mean 'talk'?");
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
    void aRunningRunIsExplainedByWhatItsStepsDoNow() throws Exception {
        Path gate = directory.resolve("explained");
        server.pipeline(
                "busy",
                """
                steps:
                  - {name: ready, commands: ["true"]}
                  - parallel:
                      - {name: loud, commands: ["echo begun; echo compiling", %1$s]}
                      - {name: mute, commands: [%1$s]}
                  - {name: last, commands: ["true"]}
                """
                        .formatted("\"while [ ! -e %s ]; do sleep 0.05; done\"".formatted(gate)));
        RunId run = server.begin("busy");

        server.awaitStep(run, StepPath.parse("0/1/1"), Status.RUNNING);
        await().untilAsserted(() -> {
            ExplainView answer = server.client.explain(run);
            assertThat(answer.summary())
                    .isEqualTo(
                            "run default/busy#1 is running: 1 of 4 steps have ended, 2 are under way");
            assertThat(answer.steps())
                    .extracting(ExplainView.StepReason::name)
                    .containsExactly("loud", "mute");
            assertThat(answer.steps().getFirst().message())
                    .matches(
                            "(?s)on node 'local'; 2 lines so far\nthe last at [-0-9T:]+Z: compiling");
            assertThat(answer.steps().getLast().message())
                    .isEqualTo("on node 'local'; it has printed nothing yet");
        });
        assertThat(server.client.run(run).run())
                .returns(4, RunSummary::stepsTotal)
                .returns(1, RunSummary::stepsFinished);
        Files.createFile(gate);
        assertThat(server.finish(run).stepsFinished()).isEqualTo(4);
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
