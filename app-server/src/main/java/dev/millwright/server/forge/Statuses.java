package dev.millwright.server.forge;

import dev.millwright.model.plan.Change;
import dev.millwright.model.plan.Source;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import dev.millwright.plugin.scm.CommitStatus;
import dev.millwright.plugin.scm.CommitStatus.State;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.run.RunRecord;
import dev.millwright.server.run.RunView;

/// Puts a run into the words of forges. Pure.
final class Statuses {
    private static final int LONGEST = 140;

    private Statuses() {}

    static CommitStatus of(RunView view, Source source, String serverUrl, int tries) {
        RunRecord run = view.record();
        return new CommitStatus(
                run.id(),
                source.url(),
                source.commit(),
                state(run),
                context(run, view.plan().head().change().flatMap(Change::pullRequest).isPresent()),
                shortened(description(run)),
                serverUrl + "/api/v1/runs/" + run.id(),
                tries);
    }

    private static State state(RunRecord run) {
        if (!run.isFinished()) {
            boolean waits = run.phase() == RunPhase.BLOCKED || run.isHeld();
            return waits || run.startedAt().isEmpty() ? State.PENDING : State.RUNNING;
        }
        return switch (run.outcome().orElse(Outcome.ERROR)) {
            case SUCCESS, SKIP -> State.SUCCESS;
            case FAILURE, TIMEOUT -> State.FAILURE;
            case ERROR -> State.ERROR;
            case CANCELLATION -> State.CANCELLED;
        };
    }

    /// Statuses of one commit are told apart by it: a push and the pull request with the same
    /// commit see different things.
    private static String context(RunRecord run, boolean pullRequest) {
        String home =
                run.namespace().equals(Resources.DEFAULT_NAMESPACE) ? "" : run.namespace() + "/";
        return "millwright/" + home + run.pipeline() + (pullRequest ? "/pr" : "");
    }

    private static String description(RunRecord run) {
        String what =
                run.isFinished()
                        ? "run %d: %s"
                                .formatted(run.number(), run.outcome().orElse(Outcome.ERROR).word())
                        : "run %d".formatted(run.number());
        return run.message().isEmpty()
                ? what
                : what + ": " + run.message().lines().findFirst().orElse("");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
