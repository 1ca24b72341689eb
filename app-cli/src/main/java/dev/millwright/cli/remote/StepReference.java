package dev.millwright.cli.remote;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.run.StepView;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.tree.StepNames;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.util.List;
import java.util.regex.Pattern;

/// Finds the step that a user means: a path such as `0/2/1`, names such as `build/compile`, or the
/// end of those when it is unique.
final class StepReference {
    private static final Pattern PATH = Pattern.compile("0(/(0|[1-9][0-9]*))*");

    private StepReference() {}

    static StepPath find(MillwrightClient client, RunId run, String text) {
        return PATH.matcher(text).matches()
                ? StepPath.parse(text)
                : find(client.steps(run).items(), text).path();
    }

    static StepView find(List<StepView> steps, String text) {
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
            throw CliException.notFound(
                    "the run has no step '%s'; it has: %s".formatted(text, some(steps, names)));
        }
        // The body of a step with setup or teardown has the name of the group around it.
        StepView last = found.getLast();
        boolean nested =
                found.stream().allMatch(step -> last.path().isWithin(step.path()));
        if (found.size() > 1 && !nested) {
            throw CliException.usage(
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
        String text =
                String.join(
                        ", ",
                        steps.stream().skip(1).limit(12).map(step -> names.of(step.path())).toList());
        return steps.size() > 13 ? text + ", ..." : text;
    }
}
