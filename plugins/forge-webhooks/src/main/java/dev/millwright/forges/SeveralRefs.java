package dev.millwright.forges;

import dev.millwright.forgekit.hook.HookRules;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.webhook.Interpretation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Brings together what a push of several refs asks for. Pure.
public final class SeveralRefs {
    private static final int MOST_RUNS = 100;
    private static final int MOST_REASONS = 3;

    private SeveralRefs() {}

    /// All runs together; ignored when there are none, or more than one delivery may ask for.
    ///
    /// @param each what each ref asks for: runs, or ignored with a reason
    public static Interpretation together(List<Interpretation> each) {
        List<RunRequest> runs = new ArrayList<>();
        Set<String> reasons = new LinkedHashSet<>();
        for (Interpretation one : each) {
            switch (one) {
                case Interpretation.Runs(List<RunRequest> requests) -> runs.addAll(requests);
                case Interpretation.Ignored(String reason) -> reasons.add(reason);
                case Interpretation.Rejected rejected -> {
                    return rejected;
                }
            }
        }
        if (runs.size() > MOST_RUNS) {
            return HookRules.ignored(
                    "%d refs were pushed at once that start runs; one push starts %d at most"
                            .formatted(runs.size(), MOST_RUNS));
        }
        return runs.isEmpty() ? HookRules.ignored(told(reasons)) : new Interpretation.Runs(runs);
    }

    private static String told(Set<String> reasons) {
        if (reasons.isEmpty()) {
            return "no branch and no tag has changed";
        }
        String few = reasons.stream().limit(MOST_REASONS).collect(Collectors.joining("; "));
        int more = reasons.size() - MOST_REASONS;
        return more > 0 ? few + "; and %d more".formatted(more) : few;
    }
}
