package dev.millwright.cli.tree;

import dev.millwright.api.run.StepView;
import java.util.List;
import java.util.regex.Pattern;

/// Finds the step that a user means: a path such as `0/2/1`, names such as `build/compile`, or the
/// end of those when it is unique. Pure.
public final class StepSearch {
    private static final Pattern PATH = Pattern.compile("0(/(0|[1-9][0-9]*))*");

    private static final int MOST_NAMES = 12;

    private StepSearch() {}

    /// Whether the text is a path, which needs no looking for.
    public static boolean isPath(String text) {
        return PATH.matcher(text).matches();
    }

    /// Throws [StepSearchException] when there is none, or more than one.
    public static StepView find(List<StepView> steps, String text) {
        if (isPath(text)) {
            return steps.stream()
                    .filter(step -> step.path().value().equals(text))
                    .findFirst()
                    .orElseThrow(
                            () -> new StepSearchException(true, "the run has no step " + text));
        }
        StepNames names = StepNames.of(steps);
        List<StepView> exact =
                steps.stream().filter(step -> names.of(step.path()).equals(text)).toList();
        List<StepView> found =
                exact.isEmpty()
                        ? steps.stream()
                                .filter(step -> names.of(step.path()).endsWith("/" + text))
                                .toList()
                        : exact;
        if (found.isEmpty()) {
            throw new StepSearchException(
                    true,
                    "the run has no step '%s'; it has: %s".formatted(text, some(steps, names)));
        }
        // The body of a step with setup or teardown has the name of the group around it.
        StepView last = found.getLast();
        boolean nested = found.stream().allMatch(step -> last.path().isWithin(step.path()));
        if (found.size() > 1 && !nested) {
            throw new StepSearchException(
                    false,
                    "several steps are called '%s': %s; use a path"
                            .formatted(
                                    text,
                                    String.join(
                                            ", ",
                                            found.stream()
                                                    .map(s -> s.path() + " " + names.of(s.path()))
                                                    .limit(6)
                                                    .toList())));
        }
        return last;
    }

    private static String some(List<StepView> steps, StepNames names) {
        List<String> known =
                steps.stream().skip(1).map(step -> names.of(step.path())).distinct().toList();
        String text = String.join(", ", known.subList(0, Math.min(MOST_NAMES, known.size())));
        return known.size() > MOST_NAMES ? text + ", ..." : text;
    }
}
