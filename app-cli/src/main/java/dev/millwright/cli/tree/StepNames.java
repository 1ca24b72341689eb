package dev.millwright.cli.tree;

import dev.millwright.api.run.StepView;
import dev.millwright.model.plan.StepPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What steps are called from the outside in, such as `build/compile`. Immutable.
public final class StepNames {
    private final Map<StepPath, String> names = new HashMap<>();

    private StepNames(List<StepView> steps) {
        List<String> open = new ArrayList<>();
        for (StepView step : steps) {
            while (open.size() > step.depth()) {
                open.removeLast();
            }
            open.add(step.name());
            // The root is the pipeline itself, and the body of a step with setup repeats its name.
            List<String> shown =
                    new ArrayList<>(open.size() > 1 ? open.subList(1, open.size()) : open);
            if (shown.size() > 1 && shown.getLast().equals(shown.get(shown.size() - 2))) {
                shown.removeLast();
            }
            names.put(step.path(), String.join("/", shown));
        }
    }

    public static StepNames of(List<StepView> steps) {
        return new StepNames(steps);
    }

    public String of(StepPath path) {
        return names.getOrDefault(path, path.value());
    }
}
