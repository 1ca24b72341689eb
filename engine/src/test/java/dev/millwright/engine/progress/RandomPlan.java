package dev.millwright.engine.progress;

import dev.millwright.model.Parameters;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Retry;
import dev.millwright.model.plan.Role;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.plan.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Make plans up to six levels deep. Calm ones have no timeouts, fail-fast groups and lost
/// attempts, so that their outcome does not depend on the order of events.
final class RandomPlan {
    private static final int DEPTH = 6;

    private final Random random;
    private final boolean calm;
    private int count;

    private RandomPlan(Random random, boolean calm) {
        this.random = random;
        this.calm = calm;
    }

    static Plan of(Random random, boolean calm) {
        RandomPlan made = new RandomPlan(random, calm);
        return Tree.plan(made.group(StepPath.ROOT, 1, Role.BODY));
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private Step step(StepPath path, int depth, Role role) {
        boolean group = depth < DEPTH && random.nextInt(depth + 1) < 2 && count < 80;
        return group ? group(path, depth, role) : leaf(path, role);
    }

    private Step leaf(StepPath path, Role role) {
        StepOptions options = options(role);
        return switch (random.nextInt(10)) {
            case 0 -> new Step.Approve(path, options, List.of(), "Go on?");
            case 1 -> new Step.Wait(path, options, Duration.ofSeconds(random.nextInt(120)));
            default -> new Step.Run(path, options, "process", Parameters.NONE, List.of());
        };
    }

    private Step group(StepPath path, int depth, Role role) {
        StepOptions options = options(role);
        List<Role> roles = new ArrayList<>();
        for (Role other : EnumSet.of(Role.SETUP, Role.ENSURE, Role.TEARDOWN)) {
            for (int i = 0; i < 2; i++) {
                if (oneIn(8)) {
                    roles.add(random.nextInt(roles.size() + 1), other);
                }
            }
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            roles.add(random.nextInt(roles.size() + 1), Role.BODY);
        }
        List<Step> children = new ArrayList<>();
        for (Role childRole : roles) {
            children.add(step(path.child(children.size()), depth + 1, childRole));
        }
        int max = random.nextInt(4);
        boolean failFast = !calm && oneIn(3);
        return switch (random.nextInt(5)) {
            case 0, 1 -> new Step.Sequence(path, options, children);
            case 2, 3 -> new Step.Parallel(path, options, max, failFast, children);
            default -> new Step.Matrix(path, options, max, failFast, children);
        };
    }

    private StepOptions options(Role role) {
        return new StepOptions.Builder("s" + count++)
                .role(role)
                .when(when())
                .allowFailure(oneIn(6))
                .retry(retry())
                .timeout(calm || !oneIn(4) ? null : Duration.ofSeconds(1 + random.nextInt(300)))
                .onLost(oneIn(4) ? StepOptions.OnLost.RETRY : StepOptions.OnLost.FAIL)
                .build();
    }

    private When when() {
        if (!oneIn(8)) {
            return When.ALWAYS;
        }
        String expression = oneIn(8) ? "broken" : oneIn(2) ? "yes" : "no";
        return new When(
                List.of(new When.Clause(List.of(), List.of(), List.of(), List.of(), expression)));
    }

    private Retry retry() {
        if (!oneIn(4)) {
            return Retry.NONE;
        }
        Set<Retry.Cause> on = EnumSet.noneOf(Retry.Cause.class);
        for (Retry.Cause cause : Retry.Cause.values()) {
            if (!oneIn(3)) {
                on.add(cause);
            }
        }
        Duration delay = oneIn(2) ? Duration.ZERO : Duration.ofSeconds(random.nextInt(60));
        return new Retry(2 + random.nextInt(2), delay, on);
    }
}
