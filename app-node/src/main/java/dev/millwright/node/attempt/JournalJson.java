package dev.millwright.node.attempt;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.OutputSource;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.node.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files of the journal as trees of JSON, the way earlier versions wrote and read them: a part
/// for each component of a record, by its name. Pure; any thread. Trees that make no sense give
/// exceptions that are not checked.
final class JournalJson {
    private static final String VALUE = "value";

    private JournalJson() {}

    static Map<String, @Nullable Object> tree(JournalEntry entry) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("boot", entry.boot());
        tree.put("bootAgeMillis", entry.bootAgeMillis());
        tree.put("assignment", tree(entry.assignment()));
        return tree;
    }

    static JournalEntry entry(JsonObject tree) {
        return new JournalEntry(
                tree.text("boot"),
                tree.numberOrNull("bootAgeMillis"),
                assignment(tree.object("assignment")));
    }

    /// The values of secrets and what opens the repository are never in it.
    private static Map<String, @Nullable Object> tree(Assignment assignment) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("attempt", Map.of(VALUE, assignment.attempt().toString()));
        tree.put("fence", assignment.fence());
        tree.put("run", Map.of(VALUE, assignment.run().toString()));
        tree.put("path", Map.of(VALUE, assignment.path().value()));
        tree.put("runner", assignment.runner());
        tree.put("parameters", Map.of("values", assignment.parameters().values()));
        tree.put("environment", assignment.environment());
        tree.put("directoryOrNull", assignment.directoryOrNull());
        tree.put("workspaceOrNull", assignment.workspace().map(JournalJson::tree).orElse(null));
        tree.put("timeoutOrNull", assignment.timeout().map(Duration::toString).orElse(null));
        tree.put("grace", assignment.grace().toString());
        tree.put("logLimit", assignment.logLimit());
        tree.put("outputs", assignment.outputs().stream().map(JournalJson::tree).toList());
        tree.put("changedFiles", assignment.changedFiles());
        tree.put("secretsOrNull", null);
        return tree;
    }

    private static Assignment assignment(JsonObject tree) {
        @Nullable JsonObject workspace = tree.objectOrNull("workspaceOrNull");
        @Nullable String timeout = tree.textOrNull("timeoutOrNull");
        return new Assignment(
                AttemptId.parse(tree.object("attempt").text(VALUE)),
                tree.number("fence"),
                RunId.parse(tree.object("run").text(VALUE)),
                StepPath.parse(tree.object("path").text(VALUE)),
                tree.text("runner"),
                new Parameters(tree.object("parameters").object("values").allValues()),
                tree.object("environment").allTexts(),
                tree.textOrNull("directoryOrNull"),
                workspace == null ? null : workspace(workspace),
                timeout == null ? null : Duration.parse(timeout),
                Duration.parse(tree.text("grace")),
                tree.number("logLimit"),
                tree.objects("outputs").stream().map(JournalJson::output).toList(),
                tree.texts("changedFiles"),
                null);
    }

    private static Map<String, @Nullable Object> tree(WorkspaceRequest workspace) {
        Source.Checkout checkout = workspace.checkout();
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("url", workspace.url());
        tree.put("commit", workspace.commit());
        tree.put("refOrNull", workspace.refOrNull());
        tree.put(
                "checkout",
                Map.of(
                        "depth", checkout.depth(),
                        "submodules", checkout.submodules(),
                        "lfs", checkout.lfs()));
        tree.put("loginOrNull", null);
        return tree;
    }

    private static WorkspaceRequest workspace(JsonObject tree) {
        JsonObject checkout = tree.object("checkout");
        return new WorkspaceRequest(
                tree.text("url"),
                tree.text("commit"),
                tree.textOrNull("refOrNull"),
                new Source.Checkout(
                        Math.toIntExact(checkout.number("depth")),
                        checkout.flag("submodules"),
                        checkout.flag("lfs")));
    }

    private static Map<String, @Nullable Object> tree(OutputSource output) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", output.name());
        tree.put("file", output.file());
        tree.put("regexOrNull", output.regexOrNull());
        return tree;
    }

    private static OutputSource output(JsonObject tree) {
        return new OutputSource(
                tree.text("name"), tree.text("file"), tree.textOrNull("regexOrNull"));
    }

    static Map<String, @Nullable Object> tree(Action.Reason reason) {
        return Map.of("reason", reason.name());
    }

    static Action.Reason reason(JsonObject tree) {
        return Action.Reason.valueOf(tree.text("reason"));
    }

    static Map<String, @Nullable Object> tree(AttemptEnd end) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("outcome", end.outcome().name());
        tree.put("cause", end.cause());
        tree.put("message", end.message());
        tree.put("exitCodeOrNull", end.exitCodeOrNull());
        tree.put("outputs", end.outputs());
        tree.put("startedAt", end.startedAt().toString());
        tree.put("endedAt", end.endedAt().toString());
        tree.put("lines", end.lines());
        tree.put("outBytes", end.outBytes());
        tree.put("errBytes", end.errBytes());
        return tree;
    }

    static AttemptEnd end(JsonObject tree) {
        Optional<Long> exitCode = Optional.ofNullable(tree.numberOrNull("exitCodeOrNull"));
        return new AttemptEnd(
                Outcome.valueOf(tree.text("outcome")),
                tree.text("cause"),
                tree.text("message"),
                exitCode.map(Math::toIntExact).orElse(null),
                tree.object("outputs").allTexts(),
                Instant.parse(tree.text("startedAt")),
                Instant.parse(tree.text("endedAt")),
                tree.number("lines"),
                tree.number("outBytes"),
                tree.number("errBytes"));
    }
}
