package dev.millwright.engine.expression;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.RunState;
import java.util.Optional;
import java.util.TreeSet;

/// Finds what earlier steps published. Of several steps with one name, the last before the asking
/// step counts.
final class StepOutputs {
    private static final String MIDDLE = ".outputs.";

    private StepOutputs() {}

    /// @param reference such as `build.outputs.version`
    static String find(String reference, Plan plan, RunState state, Step asking) {
        int middle = reference.indexOf(MIDDLE);
        if (middle <= 0) {
            throw new ReferenceException(
                    "${steps.%s} is not complete; write ${steps.NAME.outputs.OUTPUT}"
                            .formatted(reference));
        }
        String name = reference.substring(0, middle);
        String output = reference.substring(middle + MIDDLE.length());
        int position =
                position(name, plan, asking)
                        .orElseThrow(
                                () ->
                                        new ReferenceException(
                                                "${steps.%s}: no step before this one is named '%s'"
                                                        .formatted(reference, name)));
        return Optional.ofNullable(state.step(position).outputs().get(output))
                .orElseThrow(
                        () ->
                                new ReferenceException(
                                        "${steps.%s}: step '%s' (%s) has published %s"
                                                .formatted(
                                                        reference,
                                                        name,
                                                        plan.step(position).path().value(),
                                                        state.step(position).outputs().isEmpty()
                                                                ? "nothing"
                                                                : String.join(
                                                                        ", ",
                                                                        new TreeSet<>(
                                                                                state.step(position)
                                                                                        .outputs()
                                                                                        .keySet())))));
    }

    static Optional<Integer> position(String name, Plan plan, Step asking) {
        for (int i = plan.indexOf(asking.path()) - 1; i >= 0; i--) {
            boolean leaf = plan.step(i) instanceof Step.Leaf;
            if (leaf && plan.step(i).name().equals(name)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
