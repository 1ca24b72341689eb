package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.resource.ApplyResult;
import dev.millwright.api.run.RunSummary;
import dev.millwright.host.use.Point;
import dev.millwright.model.RunId;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.export.Export;
import dev.millwright.plugin.export.Occasion;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.plugin.report.StepReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an exporter is told of runs that are started over the API.
class ExporterApiTest extends OwnServer {
    private final KeepingExporter keeping = new KeepingExporter("keeping");

    @BeforeEach
    void addExporter() {
        var _ = server.plugins.extensions().add(Point.EXPORTER, keeping);
        server.pipeline(
                "web",
                """
                steps:
                  - {name: build, commands: ["echo $TRACEPARENT"]}
                  - name: both
                    parallel:
                      - {name: test, commands: ["exit 3"]}
                """);
    }

    private void exporter(String name, String spec) {
        assertThat(
                        server.client
                                .apply(
                                        "kind: Exporter\nmetadata: {name: %s}\nspec: {%s}\n"
                                                .formatted(name, spec),
                                        "default",
                                        false)
                                .isAccepted())
                .isTrue();
    }

    private void awaitNothingWaits() {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        server.client.queue().outbox().stream()
                                .allMatch(channel -> channel.waiting() == 0));
    }

    @Test
    void itIsToldOfEachOccasionOnceAndInOrder() {
        exporter("keep", "type: keeping, with: {word: one}");
        RunId run = server.begin("web");
        assertThat(server.finish(run).outcome()).isEqualTo(Outcome.FAILURE);
        awaitNothingWaits();

        assertThat(keeping.exports())
                .extracting(Export::occasion)
                .containsExactly(
                        Occasion.RUN_QUEUED,
                        Occasion.RUN_STARTED,
                        Occasion.STEP_FINISHED,
                        Occasion.STEP_FINISHED,
                        Occasion.STEP_FINISHED,
                        Occasion.STEP_FINISHED,
                        Occasion.RUN_FINISHED);
        assertThat(keeping.exports())
                .filteredOn(export -> export.occasion() == Occasion.STEP_FINISHED)
                .extracting(export -> export.step().map(StepReport::name).orElseThrow())
                .startsWith("build", "test", "both");
        assertThat(keeping.exports()).extracting(Export::id).doesNotHaveDuplicates();
    }

    @Test
    void itIsToldHowManyMessagesToItWereGivenUp() {
        exporter("keep", "type: keeping, with: {word: one}");
        keeping.refuse();
        server.finish(server.begin("web"));
        awaitNothingWaits();

        server.measuring.tick();

        await().atMost(Duration.ofSeconds(30)).until(() -> !keeping.measures().isEmpty());
        assertThat(keeping.measures().getFirst().exporter()).isEqualTo("default/keep");
        assertThat(keeping.measures().getFirst().dropped())
                .isPositive()
                .isEqualTo(keeping.exports().size());
    }

    @Test
    void theReportIsWhatIsStoredWithTheIdsThatStepsHaveSeen() {
        exporter("keep", "type: keeping, with: {word: one}");
        RunId id = server.begin("web");
        RunSummary shown = server.finish(id);
        awaitNothingWaits();

        RunReport run = keeping.exports().getLast().run();
        assertThat(run.id()).isEqualTo(id);
        assertThat(run.address()).isEqualTo("default/web#1");
        assertThat(run.traceId()).isEqualTo(shown.traceId());
        assertThat(run.finishedAt()).contains(shown.finishedAt());
        assertThat(run.outcome()).contains(Outcome.FAILURE);
        assertThat(run.url()).isEqualTo("http://localhost/api/v1/runs/" + id);
        assertThat(run.steps())
                .extracting(step -> step.path() + " " + step.kind() + " " + step.name())
                .contains("0/0 run build", "0/1 parallel both", "0/1/0 run test");
        StepReport build = run.steps().get(1);
        assertThat(build.attempts()).hasSize(1);
        assertThat(build.spanId()).isEqualTo(build.attempts().getFirst().spanId());
        assertThat(keeping.lines())
                .contains("one: 00-%s-%s-01".formatted(run.traceId(), build.spanId()));
        StepReport test = run.steps().get(3);
        assertThat(test.outcome()).contains(Outcome.FAILURE);
        assertThat(test.attempts().getFirst().exitCode()).contains(3);
    }

    @Test
    void logsAreReadWithinTheCallOnly() {
        exporter("keep", "type: keeping, with: {word: one}");
        server.finish(server.begin("web"));
        awaitNothingWaits();
        Export last = keeping.exports().getLast();
        var attempt = last.run().steps().get(1).attempts().getFirst().id();
        assertThatThrownBy(() -> last.logs().lines(attempt, 0, 10))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void onlyTheWantedPipelinesAreToldAndEachExporterForItself() {
        exporter("none", "type: keeping, with: {word: none}, pipelines: [other-*]");
        exporter("off", "type: keeping, with: {word: off}, suspend: true");
        exporter("some", "type: keeping, with: {word: some}, pipelines: ['w*']");
        exporter("all", "type: keeping, with: {word: all}, all-namespaces: true");
        server.finish(server.begin("web"));
        awaitNothingWaits();
        assertThat(keeping.lines())
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .contains("some", "all")
                .doesNotContain("none", "off");
    }

    @Test
    void whatCannotBeToldYetWaitsAndSaysWhy() {
        exporter("lost", "type: elsewhere");
        // Nobody could say what is wrong with it before its plugin was there
        exporter("wrong", "type: later, with: {wrd: one}");
        var _ = server.plugins.extensions().add(Point.EXPORTER, new KeepingExporter("later"));
        server.finish(server.begin("web"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(server.client.queue().outbox())
                                .satisfiesExactly(
                                        lost -> {
                                            assertThat(lost.name())
                                                    .isEqualTo("exporter default/lost");
                                            assertThat(lost.waiting()).isPositive();
                                            assertThat(lost.reason())
                                                    .contains(
                                                            "offers the exporter 'elsewhere'; built in are keeping")
                                                    .contains("'millwright plugin list'");
                                        },
                                        wrong -> {
                                            assertThat(wrong.waiting()).isPositive();
                                            assertThat(wrong.reason()).contains("word");
                                        }));
        server.client.delete("default", "exporters", "lost");
        assertThat(server.client.queue().outbox())
                .singleElement()
                .satisfies(left -> assertThat(left.name()).isEqualTo("exporter default/wrong"));
    }

    @Test
    void aMistakeInASpecIsToldWhenItIsApplied() {
        for (String wrong :
                List.of(
                        "type: ''",
                        "typ: keeping",
                        "type: keeping, keep-for: soon",
                        "type: keeping, with: {wrod: one}")) {
            ApplyResult answer =
                    server.client.apply(
                            "kind: Exporter\nmetadata: {name: keep}\nspec: {%s}\n".formatted(wrong),
                            "default",
                            false);
            assertThat(answer.isAccepted()).as(wrong).isFalse();
            assertThat(answer.toString()).contains("/spec/");
        }
    }
}
