package dev.millwright.server.notify.http;

import dev.millwright.model.log.LogLine;
import dev.millwright.model.plan.Source;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.notify.Notification;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.plugin.report.StepReport;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A message in the envelope of CloudEvents 1.0. Pure, but for the logs that it reads.
final class CloudEvent {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_STEPS = 20;
    private static final int MOST_LINES = 20;

    private CloudEvent() {}

    static byte[] of(Notification message) {
        RunReport run = message.run();
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", message.id());
        event.put(
                "source", "/namespaces/%s/pipelines/%s".formatted(run.namespace(), run.pipeline()));
        event.put("type", type(message.change()));
        event.put("subject", run.address());
        event.put("time", time(run).toString());
        event.put("datacontenttype", "application/json");
        event.put("data", data(message));
        return JSON.writeValueAsBytes(event);
    }

    private static String type(Notification.Change change) {
        return switch (change) {
            case STARTED -> "run.started";
            case WAITING -> "run.waiting";
            case SUCCEEDED, FIXED, BROKEN, STILL_BROKEN, CANCELLED -> "run.finished";
        };
    }

    private static Instant time(RunReport run) {
        return run.finishedAt().or(run::startedAt).orElse(run.queuedAt());
    }

    private static Map<String, Object> data(Notification message) {
        RunReport run = message.run();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("change", message.change().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        data.put("title", message.subject());
        data.put("text", message.text());
        data.put("run", run.id().toString());
        data.put("namespace", run.namespace());
        data.put("pipeline", run.pipeline());
        data.put("number", run.number());
        data.put("outcome", run.outcome().map(Outcome::word).orElse(""));
        data.put("message", run.message());
        data.put("event", run.event());
        data.put("cause", run.cause());
        data.put("url", run.url());
        data.put("traceId", run.traceId());
        data.put("queuedAt", run.queuedAt().toString());
        run.startedAt().ifPresent(time -> data.put("startedAt", time.toString()));
        run.finishedAt().ifPresent(time -> data.put("finishedAt", time.toString()));
        run.source().ifPresent(source -> data.put("source", source(source)));
        data.put(
                "failedSteps",
                run.failedSteps().stream()
                        .limit(MOST_STEPS)
                        .map(step -> step(message, step))
                        .toList());
        return data;
    }

    private static Map<String, Object> source(Source source) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("repository", source.url());
        data.put("commit", source.commit());
        data.put("branch", source.branch());
        data.put("tag", source.tag());
        data.put("message", source.message());
        data.put("author", source.author());
        data.put("authorEmail", source.authorEmail());
        return data;
    }

    private static Map<String, Object> step(Notification message, StepReport step) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("path", step.path().value());
        data.put("name", step.name());
        data.put("outcome", step.outcome().map(Outcome::word).orElse(""));
        data.put("cause", step.cause());
        data.put("message", step.message());
        if (!step.attempts().isEmpty()) {
            step.attempts()
                    .getLast()
                    .exitCode()
                    .ifPresent(exitCode -> data.put("exitCode", exitCode));
            data.put(
                    "log",
                    message.logs().last(step.attempts().getLast(), MOST_LINES).stream()
                            .map(LogLine::plainText)
                            .toList());
        }
        return data;
    }
}
