package dev.millwright.server.run;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.StepPath;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.trigger.Meaning;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The plan of a run whose pipeline could not be read: one empty group that carries the reason.
final class BrokenPlan {
    private BrokenPlan() {}

    static Plan of(Delivery delivery, Meaning.Start start, Optional<Source> source) {
        Plan.Head head =
                new Plan.Head(
                        delivery.namespace(),
                        delivery.pipeline(),
                        start.event(),
                        List.of(),
                        start.inputs(),
                        Map.of(),
                        source.orElse(null),
                        null,
                        List.of(),
                        0,
                        TriggeredSource.change(delivery, start).orElse(null));
        return Plan.of(
                head,
                new Step.Sequence(
                        StepPath.ROOT, StepOptions.named(delivery.pipeline()), List.of()));
    }
}
