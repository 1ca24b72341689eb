package dev.millwright.server.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.RunId;
import dev.millwright.model.plan.Change;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.plugin.scm.CommitStatus;
import dev.millwright.plugin.scm.CommitStatus.State;
import dev.millwright.server.run.RunRecord;
import dev.millwright.server.run.RunView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final RunId RUN = new RunId(new UUID(1, 2));
    private static final Source SOURCE =
            new Source(
                    "https://github.com/octo/web.git",
                    "c".repeat(40),
                    "refs/heads/main",
                    "main",
                    "",
                    "",
                    "",
                    "",
                    "",
                    List.of(),
                    Source.Checkout.DEFAULT);

    private static CommitStatus status(RunPhase phase, @Nullable Outcome outcome, String message) {
        return status("default", phase, outcome, message, null);
    }

    private static CommitStatus status(
            String namespace,
            RunPhase phase,
            @Nullable Outcome outcome,
            String message,
            @Nullable Change change) {
        Plan plan =
                Plan.of(
                        new Plan.Head(
                                namespace, "web", "push", List.of(), Map.of(), Map.of(), SOURCE,
                                null, List.of(), 0, change),
                        new Step.Sequence(StepPath.ROOT, StepOptions.named("web"), List.of()));
        RunRecord record =
                new RunRecord(
                        RUN,
                        namespace,
                        "web",
                        7,
                        phase,
                        outcome,
                        "push",
                        "hook",
                        null,
                        null,
                        "main",
                        "",
                        SOURCE.commit(),
                        "",
                        "",
                        message,
                        "0".repeat(32),
                        "0".repeat(16),
                        null,
                        1,
                        1,
                        1,
                        0,
                        NOW,
                        phase == RunPhase.BLOCKED ? null : NOW,
                        null,
                        null);
        RunView view = new RunView(record, plan, RunState.initial(plan.size()), List.of());
        return Statuses.of(view, SOURCE, "http://localhost:8080", 3);
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, SUCCESS",
        "SKIP, SUCCESS",
        "FAILURE, FAILURE",
        "TIMEOUT, FAILURE",
        "ERROR, ERROR",
        "CANCELLATION, CANCELLED"
    })
    void theEndIsToldInTheWordsOfForges(Outcome outcome, State state) {
        assertThat(status(RunPhase.FINISHED, outcome, "").state()).isEqualTo(state);
    }

    @Test
    void whatWaitsIsPendingAndSaysWhatFor() {
        assertThat(status(RunPhase.RUNNING, null, "").state()).isEqualTo(State.RUNNING);
        assertThat(status(RunPhase.BLOCKED, null, "waits for another run").state())
                .isEqualTo(State.PENDING);
        CommitStatus held = status(RunPhase.RUNNING, null, "Waits for the approval: of a fork");
        assertThat(held.state()).isEqualTo(State.PENDING);
        assertThat(held.description()).isEqualTo("run 7: Waits for the approval: of a fork");
    }

    @Test
    void aStatusBelongsToItsPipelineAndToPullRequestsApart() {
        Change.PullRequest pull =
                new Change.PullRequest(17, "", "fix", "main", "", List.of(), false, false);
        Change change = new Change("", "", "1", true, pull);
        assertThat(status(RunPhase.RUNNING, null, "").context()).isEqualTo("millwright/web");
        assertThat(status("team", RunPhase.RUNNING, null, "", change).context())
                .isEqualTo("millwright/team/web/pr");
    }

    @Test
    void itLeadsToItsRunInOneShortSentence() {
        CommitStatus status =
                status(
                        RunPhase.FINISHED,
                        Outcome.FAILURE,
                        "first line " + "x".repeat(500) + "\nmore");
        assertThat(status.url()).isEqualTo("http://localhost:8080/api/v1/runs/" + RUN);
        assertThat(status.description())
                .startsWith("run 7: failure: first line x")
                .hasSize(140)
                .doesNotContain("\n");
        assertThat(status.tries()).isEqualTo(3);
    }
}
