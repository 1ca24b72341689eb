package dev.millwright.engine.expression;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepState;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Finds what earlier steps published. Of several steps with one name, the last before the asking
/// step counts, so that a cell of a matrix sees its own steps.
final class StepOutputs {
    private StepOutputs() {}

    static String find(Reference reference, Plan plan, RunState state, Step asking) {
        String name =
                reference
                        .step()
                        .orElseThrow(() ->
                                new ReferenceException(
                                        reference.whole()
                                                + " is not complete; write"
                                                + " ${steps.NAME.outputs.OUTPUT}"));
        int position =
                position(name, plan, asking)
                        .orElseThrow(() ->
                                new ReferenceException(
                                        "%s: no step before this one is named '%s'"
                                                .formatted(reference.whole(), name)));
        StepState step = state.step(position);
        String value = step.outputs().get(reference.output());
        if (value == null) {
            throw new ReferenceException(
                    "%s: step '%s' (%s) has published %s"
                            .formatted(
                                    reference.whole(),
                                    name,
                                    plan.step(position).path(),
                                    published(step.outputs())));
        }
        return value;
    }

    private static String published(Map<String, String> outputs) {
        return outputs.isEmpty() ? "nothing" : String.join(", ", new TreeSet<>(outputs.keySet()));
    }

    private static Optional<Integer> position(String name, Plan plan, Step asking) {
        for (int i = plan.indexOf(asking.path()) - 1; i >= 0; i--) {
            if (plan.step(i) instanceof Step.Leaf leaf && leaf.name().equals(name)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
