package dev.millwright.itest.simulation;

import dev.millwright.model.Parameters;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Retry;
import dev.millwright.model.plan.Role;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.StepPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/// Makes small plans whose leaves all run on nodes.
final class RandomRuns {
    private static final int DEPTH = 3;

    private final Timeline timeline;
    private int count;

    RandomRuns(Timeline timeline) {
        this.timeline = timeline;
    }

    Plan plan() {
        count = 0;
        return Plan.of(
                new Plan.Head(
                        "team",
                        "simulated",
                        "push",
                        List.of(),
                        Map.of(),
                        Map.of(),
                        null,
                        null,
                        List.of()),
                group(StepPath.ROOT, 1, Role.BODY));
    }

    private Step step(StepPath path, int depth, Role role) {
        return depth < DEPTH && timeline.oneIn(3)
                ? group(path, depth, role)
                : new Step.Run(path, options(role), "process", Parameters.NONE, List.of());
    }

    private Step group(StepPath path, int depth, Role role) {
        StepOptions options = options(role);
        List<Step> children = new ArrayList<>();
        for (int i = timeline.between(1, 5); i > 0; i--) {
            Role childRole = timeline.oneIn(8) ? Role.TEARDOWN : Role.BODY;
            children.add(step(path.child(children.size()), depth + 1, childRole));
        }
        return timeline.oneIn(2)
                ? new Step.Sequence(path, options, children)
                : new Step.Parallel(
                        path, options, timeline.between(0, 3), timeline.oneIn(4), children);
    }

    private StepOptions options(Role role) {
        Retry retry =
                timeline.oneIn(5)
                        ? new Retry(2, Duration.ofSeconds(timeline.between(0, 5)), causes())
                        : Retry.NONE;
        return new StepOptions.Builder("s" + count++)
                .role(role)
                .allowFailure(timeline.oneIn(4))
                .retry(retry)
                .timeout(timeline.oneIn(6) ? Duration.ofSeconds(timeline.between(5, 60)) : null)
                .onLost(timeline.oneIn(3) ? StepOptions.OnLost.RETRY : StepOptions.OnLost.FAIL)
                .build();
    }

    private EnumSet<Retry.Cause> causes() {
        EnumSet<Retry.Cause> causes = EnumSet.noneOf(Retry.Cause.class);
        for (Retry.Cause cause : Retry.Cause.values()) {
            if (timeline.oneIn(2)) {
                causes.add(cause);
            }
        }
        return causes;
    }
}
