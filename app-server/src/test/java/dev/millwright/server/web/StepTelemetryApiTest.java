package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.LiveStream;
import dev.millwright.api.event.EventView;
import dev.millwright.api.run.LogLineView;
import dev.millwright.api.run.LogQuery;
import dev.millwright.api.run.ResultView;
import dev.millwright.server.run.SpanIds;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What steps tell the server of themselves.
@Tag("S1.35")
class StepTelemetryApiTest extends StepTelemetryFixture {
    @Test
    void spansAreResultsInsideTheStep() throws Exception {
        HttpResponse<String> answer =
                send(
                        "/v1/traces",
                        spans(span(CHILD, PARENT, "bad", now()), span(PARENT, "", "suite", 5_000)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        List<ResultView> results = results();
        assertThat(results).extracting(ResultView::name).containsExactly("suite", "bad");
        ResultView suite = results.getFirst();
        assertThat(suite.startedAt()).isEqualTo(Instant.EPOCH.plusNanos(5_000));
        assertThat(suite.durationNanos()).isEqualTo(1_500_000);
        assertThat(suite.parentSpanId()).isEmpty();
        assertThat(suite.attributes()).isEqualTo(Map.of("n", 1));
        assertThat(results.getLast().parentSpanId()).isEqualTo(PARENT);
        assertThat(results.getLast().status()).isEqualTo("error");
        assertThat(server.step(run, FIRST).results()).isEqualTo(2);
    }

    @Test
    void theSameSpansAgainChangeNothing() throws Exception {
        String body = spans(span(PARENT, "", "suite", now()));
        assertThat(send("/v1/traces", body).statusCode()).isEqualTo(200);
        assertThat(send("/v1/traces", body).body()).isEqualTo("{}");
        assertThat(send("/v1/traces", spans(span(PARENT, "", "changed", now()))).body())
                .isEqualTo("{}");
        assertThat(results()).extracting(ResultView::name).containsExactly("suite");
        assertThat(server.step(run, FIRST).results()).isEqualTo(1);
    }

    @Test
    void whoKnowsTheStepsAsTheyWereIsToldOfNewResults() throws Exception {
        String path = "/api/v1/runs/" + run + "/steps";
        String tag = server.get(path).headers().firstValue("etag").orElseThrow();
        send("/v1/traces", spans(span(PARENT, "", "suite", now())));
        assertThat(
                        server.send(server.request(path).header("If-None-Match", tag).GET())
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aSpanBelowTheStepsOwnIsDirectlyInside() throws Exception {
        String own =
                SpanIds.of(
                        run, server.system.runs().view(run).orElseThrow().plan().indexOf(FIRST), 1);
        String answer =
                send(
                                "/v1/traces",
                                spans(
                                        span(PARENT, own, "suite", now()),
                                        span(own, "", "the step itself", now())))
                        .body();
        assertThat(results()).singleElement().extracting(ResultView::parentSpanId).isEqualTo("");
        assertThat(answer).contains("\"rejectedSpans\":\"1\"").contains("the step or the run");
    }

    @Test
    void whatIsWrongWithSomeIsToldAndTheOthersAreTaken() throws Exception {
        HttpResponse<String> answer =
                send("/v1/traces", spans(span("12", "", "odd", 5), span(PARENT, "", "good", 5)));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"rejectedSpans\":\"1\"").contains("odd");
        assertThat(results()).extracting(ResultView::name).containsExactly("good");
    }

    @Test
    void recordsAreLinesOfTheStepsLog() throws Exception {
        long at = now();
        assertThat(send("/v1/logs", log(at, 17, "it broke")).body()).isEqualTo("{}");
        assertThat(send("/v1/logs", log(at, 17, "it broke")).body()).isEqualTo("{}");
        assertThat(send("/v1/logs", log(5, 9, "when?")).body()).isEqualTo("{}");

        List<LogLineView> lines = server.client.log(run, FIRST, LogQuery.FIRST).lines();
        assertThat(lines).extracting(LogLineView::text).containsExactly("it broke", "when?");
        assertThat(lines.getFirst().severity()).isEqualTo("error");
        assertThat(lines.getFirst().stream()).isEqualTo(LogLineView.Stream.ERR);
        assertThat(lines.getFirst().at()).isEqualTo(Instant.ofEpochMilli(at / 1_000_000));
        assertThat(Duration.between(lines.getLast().at(), Instant.now()).abs())
                .as("a time that cannot be is not taken")
                .isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void liveViewsAreTold() throws Exception {
        try (LiveStream<EventView> events = server.client.followRun(run, 0)) {
            await().until(events::isConnected);
            send("/v1/traces", spans(span(PARENT, "", "bad", now())));
            server.telemetry.tick();
            EventView told =
                    await().atMost(Duration.ofSeconds(20))
                            .until(
                                    () -> events.poll(Duration.ofSeconds(1)),
                                    e -> e.filter(x -> x.type().equals("step.results")).isPresent())
                            .orElseThrow();
            assertThat(told.data())
                    .containsEntry("path", "0/0")
                    .containsEntry("results", 1)
                    .containsEntry("bad", 1);
            server.system.runs().cancel(run, "test", "", true);
            List<Long> numbers = new ArrayList<>();
            while (!events.isEnded()) {
                events.poll(Duration.ofSeconds(1)).ifPresent(e -> numbers.add(e.runSeq()));
            }
            assertThat(numbers).as("the run's own events still come").isNotEmpty().isSorted();
        }
    }

    @Test
    @Tag("S1.x1")
    void programsWithoutHeadersHaveTheTokenInTheAddress() throws Exception {
        HttpRequest.Builder plain =
                HttpRequest.newBuilder(server.address("/otlp/" + token + "/v1/traces"))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        spans(span(PARENT, "", "plain", now()))
                                                .replace("\"\"", "null")));
        assertThat(server.send(plain).statusCode()).isEqualTo(200);
        assertThat(results()).extracting(ResultView::name).containsExactly("plain");
    }
}
