package dev.millwright.server.web;

import dev.millwright.api.delivery.DeliveryAccepted;
import dev.millwright.api.run.ApprovalRequest;
import dev.millwright.api.run.CancelRequest;
import dev.millwright.api.run.ExplainView;
import dev.millwright.api.run.RerunRequest;
import dev.millwright.api.run.RunAccepted;
import dev.millwright.api.run.RunDetail;
import dev.millwright.api.run.RunSummary;
import dev.millwright.api.run.StartRunRequest;
import dev.millwright.api.run.StepList;
import dev.millwright.engine.progress.RerunMode;
import dev.millwright.model.Parameters;
import dev.millwright.model.Payload;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import dev.millwright.server.access.Access;
import dev.millwright.server.access.Identity;
import dev.millwright.server.delivery.Accepted;
import dev.millwright.server.delivery.Intake;
import dev.millwright.server.delivery.NewDelivery;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.run.AttemptRecord;
import dev.millwright.server.run.RunQuery;
import dev.millwright.server.run.RunRecord;
import dev.millwright.server.run.RunView;
import dev.millwright.server.run.Runs;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.Parameter;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.RequestBody;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.view.Common;
import dev.millwright.server.web.view.Cursors;
import dev.millwright.server.web.view.RunViews;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Start, list, show, cancel, repeat, approve and explain runs.
final class RunRoutes {
    private static final String TAG = "runs";
    private static final Parameter ID = Parameter.id("id", "The run");
    private static final List<String> STATUSES =
            List.of(
                    "running",
                    "blocked",
                    "cancelling",
                    "success",
                    "failure",
                    "error",
                    "timeout",
                    "cancelled",
                    "skipped");

    private final Runs runs;
    private final AwaitedRuns awaited;
    private final Resources resources;
    private final Intake intake;
    private final InstantSource clock;

    RunRoutes(
            Runs runs,
            AwaitedRuns awaited,
            Resources resources,
            Intake intake,
            InstantSource clock) {
        this.runs = runs;
        this.awaited = awaited;
        this.resources = resources;
        this.intake = intake;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                                "/api/v1/namespaces/{ns}/pipelines/{name}/runs",
                                Access.OPERATE,
                                TAG,
                                "Start a run of a pipeline")
                        .with(Common.NAMESPACE, Common.NAME, Common.REPEAT_KEY)
                        .takes(
                                RequestBody.json(
                                        StartRunRequest.class,
                                        "{\"inputs\": {\"target\": \"staging\"}, \"ref\": \"main\"}"))
                        .gives(
                                Reply.json(
                                        202, DeliveryAccepted.class, "Stored; the run will begin"))
                        .by(this::start),
                Route.get("/api/v1/runs", Access.VIEW, TAG, "List runs, newest first")
                        .with(
                                Parameter.query("namespace", "Only of this namespace", "default"),
                                Parameter.query("pipeline", "Only of this pipeline", "web"),
                                Parameter.choice("status", "Only with this status", STATUSES),
                                Parameter.query("branch", "Only on this branch", "main"),
                                Parameter.query("number", "Only with this number", "12"),
                                Common.LIMIT,
                                Common.CURSOR)
                        .gives(Reply.json(200, Common.page(RunSummary.class), "A page of runs"))
                        .by(this::list),
                Route.get("/api/v1/runs/{id}", Access.VIEW, TAG, "Show a run")
                        .with(ID, Common.KNOWN_TAG)
                        .gives(Reply.json(200, RunDetail.class, "The run"))
                        .by(this::show),
                Route.get(
                                "/api/v1/runs/{id}/steps",
                                Access.VIEW,
                                TAG,
                                "Show the steps of a run, in plan order")
                        .with(ID, Common.KNOWN_TAG)
                        .gives(Reply.json(200, StepList.class, "All steps"))
                        .by(this::steps),
                Route.get(
                                "/api/v1/runs/{id}/explain",
                                Access.VIEW,
                                TAG,
                                "Explain why a run stands where it stands")
                        .with(ID)
                        .gives(Reply.json(200, ExplainView.class, "The reasons"))
                        .by(this::explain),
                Route.post("/api/v1/runs/{id}/cancel", Access.OPERATE, TAG, "Cancel a run")
                        .with(ID, Common.REPEAT_KEY)
                        .takes(
                                RequestBody.json(
                                        CancelRequest.class,
                                        "{\"reason\": \"wrong branch\", \"force\": false}"))
                        .gives(Reply.json(202, RunAccepted.class, "The run is being stopped"))
                        .by(this::cancel),
                Route.post("/api/v1/runs/{id}/rerun", Access.OPERATE, TAG, "Repeat a finished run")
                        .with(ID, Common.REPEAT_KEY)
                        .takes(
                                RequestBody.json(
                                        RerunRequest.class,
                                        "{\"mode\": \"from\", \"from\": \"0/2\"}"))
                        .gives(Reply.json(202, RunAccepted.class, "The new run"))
                        .by(this::rerun),
                Route.post(
                                "/api/v1/runs/{id}/steps/{path...}/approve",
                                Access.OPERATE,
                                TAG,
                                "Answer a step that waits for approval")
                        .with(ID, Common.STEP, Common.REPEAT_KEY)
                        .takes(
                                RequestBody.json(
                                        ApprovalRequest.class,
                                        "{\"approved\": true, \"comment\": \"go\"}"))
                        .gives(Reply.json(202, RunAccepted.class, "The answer is taken"))
                        .by(this::approve));
    }

    private Answer start(Call call) {
        String namespace = call.path("ns");
        String pipeline = call.path("name");
        if (resources.find("Pipeline", namespace, pipeline).isEmpty()) {
            throw Missing.pipeline(resources, namespace, pipeline);
        }
        StartRunRequest request = call.body(StartRunRequest.class);
        String event = request.event() == null ? "api" : request.event();
        Accepted accepted =
                intake.accept(
                        new NewDelivery(
                                "api:%s/%s".formatted(namespace, pipeline),
                                call.header("idempotency-key")
                                        .map(key -> keyOf(call) + ":" + key)
                                        .filter(key -> key.length() <= 200)
                                        .orElse(""),
                                namespace,
                                pipeline,
                                event,
                                Map.of(),
                                Payload.EMPTY,
                                parameters(request, call.by())));
        return DeliveryRoutes.accepted(202, accepted);
    }

    private static String keyOf(Call call) {
        return call.caller().map(Identity::keyId).orElse("");
    }

    private static Parameters parameters(StartRunRequest request, String by) {
        Map<String, Object> values = new LinkedHashMap<>();
        putGiven(values, "ref", request.ref());
        putGiven(values, "commit", request.commit());
        Map<String, Object> inputs = new LinkedHashMap<>();
        request.inputs().forEach((name, value) -> inputs.put(name, text(name, value)));
        values.put("inputs", inputs);
        values.put("by", by);
        return new Parameters(values);
    }

    private static void putGiven(Map<String, Object> values, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            values.put(key, value);
        }
    }

    private static String text(String name, @Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            case null, default ->
                    throw ProblemException.parameter(
                            "/inputs/" + name, "inputs are text, numbers or true and false");
        };
    }

    private Answer list(Call call) {
        int limit = (int) call.number("limit");
        List<RunRecord> found =
                runs.list(
                        new RunQuery(
                                call.query("namespace").orElse(null),
                                call.query("pipeline").orElse(null),
                                call.query("status").orElse(null),
                                call.query("branch").orElse(null),
                                call.query("number").map(RunRoutes::runNumber).orElse(null),
                                Cursors.place(call).map(RunRoutes::before).orElse(null),
                                limit + 1));
        List<RunRecord> page = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? Cursors.encode(page.getLast().id().toString()) : null;
        return Cursors.page(
                call,
                page.stream().map(run -> RunViews.summary(run, clock.instant())).toList(),
                next);
    }

    private static Long runNumber(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw ProblemException.parameter(
                    "number", "must be a number from 1, not '%s'".formatted(text));
        }
        return Long.valueOf(text);
    }

    private static RunId before(String place) {
        try {
            return RunId.parse(place);
        } catch (RuntimeException _) {
            throw Cursors.unknown();
        }
    }

    private Answer show(Call call) {
        RunView run = awaited.require(call.run());
        return tagged(run, "", Answer.ok(RunViews.detail(run, clock.instant())));
    }

    private Answer steps(Call call) {
        RunView stored = awaited.require(call.run());
        RunView run = runs.now(stored);
        // What steps wait for changes without the run
        String waiting = run.equals(stored) ? "" : ".w" + RunViews.waitingTag(run.state());
        return tagged(run, waiting, Answer.ok(RunViews.steps(run, clock.instant())));
    }

    /// A weak tag: durations of what still runs are not part of it.
    private static Answer tagged(RunView run, String more, Answer answer) {
        int results = run.attempts().stream().mapToInt(AttemptRecord::results).sum();
        String tag =
                "W/\"%d%s%s\""
                        .formatted(run.record().revision(), results > 0 ? "." + results : "", more);
        return answer.with("ETag", tag).with("Cache-Control", "private, no-cache");
    }

    private Answer explain(Call call) {
        RunView run = awaited.require(call.run());
        return Answer.ok(RunViews.explain(run, runs.explain(run.record().id())));
    }

    private Answer cancel(Call call) {
        RunId run = awaited.require(call.run()).record().id();
        CancelRequest request = call.body(CancelRequest.class);
        runs.cancel(run, call.by(), request.reason(), request.force());
        return accepted(run);
    }

    private Answer rerun(Call call) {
        RerunRequest request = call.body(RerunRequest.class);
        Optional<StepPath> from = Optional.ofNullable(request.from());
        if ((request.mode() == RerunRequest.Mode.FROM) != from.isPresent()) {
            throw ProblemException.parameter("/from", "is needed with mode 'from', and only then");
        }
        RerunMode mode =
                switch (request.mode()) {
                    case ALL -> RerunMode.ALL;
                    case FAILED -> RerunMode.FAILED;
                    case FROM -> RerunMode.FROM;
                };
        return accepted(runs.rerun(call.run(), mode, from, call.by()));
    }

    private Answer approve(Call call) {
        ApprovalRequest request = call.body(ApprovalRequest.class);
        RunId run = call.run();
        runs.answer(run, Common.step(call), request.approved(), call.by(), request.comment());
        return accepted(run);
    }

    private static Answer accepted(RunId run) {
        String location = RunViews.location(run);
        return Answer.accepted(location, new RunAccepted(run, location));
    }
}
