package dev.millwright.server.web;

import dev.millwright.api.run.ResultView;
import dev.millwright.server.access.Access;
import dev.millwright.server.run.AttemptRecord;
import dev.millwright.server.telemetry.StepTelemetry;
import dev.millwright.server.telemetry.StepTelemetry.Place;
import dev.millwright.server.telemetry.StoredResult;
import dev.millwright.server.web.live.StepLog;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.Parameter;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.view.Common;
import dev.millwright.server.web.view.Cursors;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Show the results inside a step: the spans that its programs have sent.
final class ResultRoutes {
    private static final Pattern PLACE = Pattern.compile("([0-9]{1,18}|[0-9]{19}) ([0-9a-f]{16})");
    private static final long NANOS = 1_000_000_000L;

    private final AwaitedRuns runs;
    private final StepTelemetry telemetry;

    ResultRoutes(AwaitedRuns runs, StepTelemetry telemetry) {
        this.runs = runs;
        this.telemetry = telemetry;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                                "/api/v1/runs/{id}/steps/{path...}/results",
                                Access.VIEW,
                                "runs",
                                "List the results inside a step, which its programs sent as spans")
                        .with(
                                Parameter.id("id", "The run"),
                                Common.STEP,
                                Parameter.number(
                                        "attempt", "Number of the try; 0 for the last", 0, 0, 1000),
                                Common.LIMIT,
                                Common.CURSOR)
                        .gives(
                                Reply.json(
                                        200,
                                        Common.page(ResultView.class),
                                        "A page of results in order of time"))
                        .by(this::list));
    }

    private Answer list(Call call) {
        int limit = (int) call.number("limit");
        Place after = Cursors.place(call).map(ResultRoutes::place).orElse(Place.START);
        Optional<AttemptRecord> attempt =
                StepLog.of(runs.require(call.run()), Common.step(call), call.number("attempt"))
                        .attempt();
        List<StoredResult> found =
                attempt.map(one -> telemetry.results(one.id(), after, limit + 1)).orElse(List.of());
        List<StoredResult> page = found.subList(0, Math.min(limit, found.size()));
        String next = null;
        if (found.size() > limit) {
            Place last = Place.of(page.getLast());
            next = Cursors.encode(last.nanos() + " " + last.span());
        }
        return Cursors.page(call, page.stream().map(ResultRoutes::view).toList(), next);
    }

    private static Place place(String text) {
        Matcher parts = PLACE.matcher(text);
        if (!parts.matches()) {
            throw Cursors.unknown();
        }
        try {
            return new Place(Long.parseLong(parts.group(1)), parts.group(2));
        } catch (NumberFormatException tooLarge) {
            throw Cursors.unknown();
        }
    }

    private static ResultView view(StoredResult result) {
        return new ResultView(
                result.spanId(),
                result.parentId(),
                result.traceId(),
                result.name(),
                result.kind(),
                result.status(),
                result.message(),
                instant(result.startNanos()),
                instant(result.endNanos()),
                result.endNanos() - result.startNanos(),
                result.detail().service(),
                result.detail().scope(),
                result.detail().attributes(),
                result.detail().events().stream()
                        .map(event ->
                                new ResultView.EventView(
                                        event.name(), instant(event.nanos()), event.attributes()))
                        .toList());
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
    }
}
