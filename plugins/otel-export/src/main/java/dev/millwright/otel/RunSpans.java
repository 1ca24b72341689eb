package dev.millwright.otel;

import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.report.AttemptReport;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.plugin.report.StepReport;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The spans of one run, with the ids and times that the server has stored: however often they are
/// made, they are the same. Used by one thread.
///
/// The run is the root. Below it are groups, and in them one span for each try of a step; the
/// outermost group is the run itself and has no span of its own.
final class RunSpans {
    /// Flags of the trace context: sampled.
    static final int SAMPLED = 1;

    private static final String OUTERMOST = "0";

    private final RunReport run;
    private final Map<String, String> parents = new HashMap<>();

    private RunSpans(RunReport run) {
        this.run = run;
    }

    /// The short span that shows a running run before its root span ends.
    static Span started(RunReport run) {
        Instant at = run.startedAt().orElse(run.queuedAt());
        return new RunSpans(run)
                .span(Ids.started(run.rootSpanId()), run.rootSpanId(), at, at)
                .setName(name(run) + " started")
                .addAllAttributes(
                        new Attributes()
                                .put("cicd.pipeline.run.state", "executing")
                                .put("millwright.run.number", run.number())
                                .all())
                .build();
    }

    /// All spans of a finished run, the root first.
    static List<Span> finished(RunReport run) {
        RunSpans spans = new RunSpans(run);
        List<Span> all = new ArrayList<>();
        all.add(spans.root());
        run.steps().forEach(step -> all.addAll(spans.step(step)));
        return all;
    }

    private static String name(RunReport run) {
        return "RUN " + run.pipeline();
    }

    private Instant end() {
        return run.finishedAt().orElse(run.queuedAt());
    }

    private Span root() {
        Outcome outcome = run.outcome().orElse(Outcome.ERROR);
        Attributes attributes =
                new Attributes()
                        .put("cicd.pipeline.action.name", "RUN")
                        .put("cicd.pipeline.name", run.pipeline())
                        .put("cicd.pipeline.result", outcome.word())
                        .put("millwright.run.number", run.number())
                        .put("millwright.run.event", run.event())
                        .put("millwright.run.cause", run.cause());
        if (isError(outcome)) {
            attributes.put("error.type", outcome.word());
        }
        run.rerunOf().ifPresent(old -> attributes.put("millwright.run.rerun_of", old.toString()));
        Span.Builder span =
                span(run.rootSpanId(), run.parentSpanId(), run.queuedAt(), end())
                        .setName(name(run))
                        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                        .addAllAttributes(attributes.all())
                        .setStatus(status(outcome, run.message()));
        run.startedAt()
                .ifPresent(at ->
                        span.addEvents(
                                Span.Event.newBuilder()
                                        .setName("started")
                                        .setTimeUnixNano(Ids.nanos(at))));
        return span.build();
    }

    /// Nothing for a step that never began, or whose result comes from another run.
    private List<Span> step(StepReport step) {
        String path = step.path().value();
        boolean isRun = path.equals(OUTERMOST) && step.attempts().isEmpty() && isGroup(step);
        parents.put(path, isRun ? run.rootSpanId() : step.spanId());
        if (isRun || step.carried()) {
            return List.of();
        }
        if (!step.attempts().isEmpty()) {
            return attempts(step);
        }
        return step.startedAt()
                .map(start -> {
                    Outcome outcome = step.outcome().orElse(Outcome.ERROR);
                    Attributes attributes = task(step, run.id() + "/" + path, outcome);
                    return List.of(
                            span(step.spanId(), parent(path), start, end(step))
                                    .setName(step.name())
                                    .addAllAttributes(attributes.all())
                                    .setStatus(status(outcome, step.message()))
                                    .build());
                })
                .orElse(List.of());
    }

    /// A try that no node began is given out again under its number, and so under its span's id.
    private List<Span> attempts(StepReport step) {
        Map<Integer, AttemptReport> tries = new LinkedHashMap<>();
        step.attempts().forEach(attempt -> tries.put(attempt.number(), attempt));
        int last = step.attempts().getLast().number();
        return tries.values().stream()
                .map(attempt -> attempt(step, attempt, attempt.number() == last))
                .toList();
    }

    private static boolean isGroup(StepReport step) {
        return switch (step.kind()) {
            case "sequence", "parallel", "matrix" -> true;
            default -> false;
        };
    }

    private Instant end(StepReport step) {
        return step.finishedAt().orElse(end());
    }

    private Span attempt(StepReport step, AttemptReport attempt, boolean last) {
        // What was given up has no outcome of its own: nobody could tell
        Outcome outcome =
                attempt.outcome()
                        .or(() -> last ? step.outcome() : Optional.empty())
                        .orElse(Outcome.ERROR);
        Attributes attributes =
                task(step, attempt.id().toString(), outcome)
                        .put("cicd.worker.name", attempt.node())
                        .put("millwright.attempt", attempt.number());
        attempt.exitCode().ifPresent(code -> attributes.put("process.exit.code", code));
        return span(
                        attempt.spanId(),
                        parent(step.path().value()),
                        attempt.startedAt().orElse(attempt.assignedAt()),
                        attempt.finishedAt().orElse(end(step)))
                .setName(step.name())
                .addAllAttributes(attributes.all())
                .setStatus(status(outcome, last ? step.message() : attempt.cause()))
                .build();
    }

    private Attributes task(StepReport step, String id, Outcome outcome) {
        Attributes attributes =
                new Attributes()
                        .put("cicd.pipeline.task.name", step.name())
                        .put("cicd.pipeline.task.run.id", id)
                        .put("cicd.pipeline.task.run.url.full", run.url() + "/steps/" + step.path())
                        .put("cicd.pipeline.task.run.result", outcome.word())
                        .put("millwright.step.path", step.path().value())
                        .put("millwright.step.kind", step.kind())
                        .put("millwright.step.runner", step.runner());
        if (isError(outcome)) {
            attributes.put("error.type", step.cause().isEmpty() ? outcome.word() : step.cause());
        }
        return attributes;
    }

    /// The span of the group around a step; a group comes before its children.
    private String parent(String path) {
        int slash = path.lastIndexOf('/');
        @Nullable String above = slash < 0 ? null : parents.get(path.substring(0, slash));
        return above == null ? run.rootSpanId() : above;
    }

    private Span.Builder span(String id, String parent, Instant start, Instant end) {
        Span.Builder span =
                Span.newBuilder()
                        .setTraceId(Ids.bytes(run.traceId()))
                        .setSpanId(Ids.bytes(id))
                        .setFlags(SAMPLED)
                        .setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
                        .setStartTimeUnixNano(Ids.nanos(start))
                        // Clocks of two machines may differ
                        .setEndTimeUnixNano(Ids.nanos(end.isBefore(start) ? start : end));
        return parent.isEmpty() ? span : span.setParentSpanId(Ids.bytes(parent));
    }

    static boolean isError(Outcome outcome) {
        return switch (outcome) {
            case FAILURE, ERROR, TIMEOUT -> true;
            case SUCCESS, SKIP, CANCELLATION -> false;
        };
    }

    private static Status status(Outcome outcome, String message) {
        return isError(outcome)
                ? Status.newBuilder()
                        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                        .setMessage(message)
                        .build()
                : Status.getDefaultInstance();
    }
}
