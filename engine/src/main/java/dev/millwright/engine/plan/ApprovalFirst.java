package dev.millwright.engine.plan;

import dev.millwright.engine.definition.StepDefinition;
import dev.millwright.model.plan.Change;
import dev.millwright.model.plan.Concurrency;
import dev.millwright.model.plan.StepOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Puts an approval before everything that a pipeline does, its setup and teardown included: for
/// changes of people who may not write to the repository. Pure.
final class ApprovalFirst {
    private static final String NAME = "approval of the fork";
    private static final String REST = "pipeline";

    /// Whoever opens pull requests that nobody looks at must not fill the list of runs for ever.
    private static final Duration PATIENCE = Duration.ofDays(7);

    private ApprovalFirst() {}

    static StepDefinition before(StepDefinition root, Change change) {
        StepDefinition approval =
                of(
                        new StepOptions.Builder(NAME).timeout(PATIENCE).build(),
                        new StepDefinition.Approval(List.of(), question(change)));
        return of(
                StepOptions.named(""), new StepDefinition.InOrder(List.of(approval, named(root))));
    }

    private static StepDefinition of(StepOptions options, StepDefinition.Body body) {
        return new StepDefinition(options, body, List.of(), List.of(), List.of(), null);
    }

    private static StepDefinition named(StepDefinition root) {
        return root.options().name().isEmpty()
                ? new StepDefinition(
                        root.options().toBuilder().name(REST).build(),
                        root.body(),
                        root.setup(),
                        root.ensure(),
                        root.teardown(),
                        root.matrixOrNull())
                : root;
    }

    private static String question(Change change) {
        String what =
                change.pullRequest()
                        .map(pull -> "pull request %d".formatted(pull.number()))
                        .orElse("the change");
        String who = change.sender().isEmpty() ? "" : " of " + change.sender();
        String link = change.link().isEmpty() ? "" : " (" + change.link() + ")";
        return "%s%s comes from a fork%s; look at it before it runs here, without secrets"
                .formatted(what, who, link);
    }

    /// A stranger's run neither cancels nor holds up anybody else's, whatever the pipeline says;
    /// the newest of one pull request takes the place of those before it, of which nobody may
    /// approve what is outdated.
    static Optional<Concurrency> group(String pipeline, Change change) {
        return change.pullRequest()
                .map(pull ->
                        new Concurrency(
                                "%s (pull request %d)".formatted(pipeline, pull.number()), true));
    }
}
