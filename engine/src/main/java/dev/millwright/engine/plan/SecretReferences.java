package dev.millwright.engine.plan;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.engine.binding.StoredSecrets;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The secrets of stores that a step asks for, in its environment and in what it says to its
/// runner. Only what is written in the pipeline counts: text that came in as an input or an output
/// is never a reference. Pure.
public final class SecretReferences {
    private SecretReferences() {}

    /// Such as `${secret:nexus/ci/upload#token}`.
    public static Set<String> of(Plan plan, Step step) {
        Map<String, String> written = new HashMap<>();
        for (int i = plan.indexOf(step.path()); i >= 0; i = plan.parentOf(i)) {
            // The inner groups count
            plan.step(i).options().environment().forEach(written::putIfAbsent);
        }
        plan.head().environment().forEach(written::putIfAbsent);
        Set<String> asked = new LinkedHashSet<>();
        written.values().stream()
                .filter(text -> SecretSource.OF_STORE.matcher(text).matches())
                .sorted()
                .forEach(asked::add);
        if (step instanceof Step.Run run) {
            run.parameters()
                    .values()
                    .forEach((key, value) -> {
                        if (!key.equals("script")) {
                            asked.addAll(StoredSecrets.in(value));
                        }
                    });
        }
        return asked;
    }
}
