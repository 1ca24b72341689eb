package dev.millwright.engine.progress;

import dev.millwright.model.Parameters;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Retry;
import dev.millwright.model.plan.Role;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.plan.When;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Write plans and states as indented text.
///
/// A line of a plan is `[setup|ensure|teardown] seq|par|matrix|run|approve|wait NAME
/// [KEY=VALUE]...` with the keys `max fail-fast allow retry delay on timeout lost when time
/// groups`.
final class Tree {
    private Tree() {}

    static Plan plan(String text) {
        List<Line> lines = text.lines().filter(line -> !line.isBlank()).map(Line::of).toList();
        int[] at = {0};
        return plan(build(lines, at, StepPath.ROOT));
    }

    static Plan plan(Step root) {
        return Plan.of(
                new Plan.Head(
                        "team", "tree", "push", List.of(), Map.of(), Map.of(), null, null,
                        List.of()),
                root);
    }

    static String show(Plan plan, RunState state) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < plan.size(); i++) {
            Step step = plan.step(i);
            text.append("  ".repeat(step.path().depth()))
                    .append(step.name())
                    .append(' ')
                    .append(show(state.step(i)))
                    .append('\n');
        }
        return text.toString();
    }

    /// Such as `failure exit #2`; the number only from the second attempt on.
    static String show(StepState state) {
        String word =
                state.isFinished()
                        ? state.outcome().orElseThrow().word()
                        : state.phase().name().toLowerCase(Locale.ROOT);
        return Stream.of(
                        word,
                        state.cause(),
                        state.attempt() > 1 ? "#" + state.attempt() : "",
                        state.carried() ? "carried" : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static Step build(List<Line> lines, int[] at, StepPath path) {
        Line line = lines.get(at[0]++);
        List<Step> children = new ArrayList<>();
        while (at[0] < lines.size() && lines.get(at[0]).indent() > line.indent()) {
            children.add(build(lines, at, path.child(children.size())));
        }
        StepOptions options = line.options();
        int max = Integer.parseInt(line.get("max", "0"));
        boolean failFast = line.has("fail-fast");
        return switch (line.kind()) {
            case "seq" -> new Step.Sequence(path, options, children);
            case "par" -> new Step.Parallel(path, options, max, failFast, children);
            case "matrix" -> new Step.Matrix(path, options, max, failFast, children);
            case "run" -> new Step.Run(path, options, "process", Parameters.NONE, List.of());
            case "approve" -> {
                List<String> groups = Stream.of(line.get("groups", "").split(",")).toList();
                yield new Step.Approve(
                        path, options, groups.equals(List.of("")) ? List.of() : groups, "Go on?");
            }
            case "wait" -> new Step.Wait(path, options, duration(line.get("time", "0s")));
            default -> throw new IllegalArgumentException("kind of step " + line.kind());
        };
    }

    static Duration duration(String text) {
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }

    private record Line(
            int indent, String role, String kind, String name, Map<String, String> keys) {
        static Line of(String text) {
            List<String> words = new ArrayList<>(List.of(text.strip().split(" +")));
            String role = "body";
            if (Set.of("setup", "ensure", "teardown").contains(words.getFirst())) {
                role = words.removeFirst();
            }
            String kind = words.removeFirst();
            String name = words.removeFirst();
            Map<String, String> keys = new HashMap<>();
            for (String word : words) {
                String[] parts = word.split("=", 2);
                keys.put(parts[0], parts.length > 1 ? parts[1] : "");
            }
            return new Line(text.length() - text.stripLeading().length(), role, kind, name, keys);
        }

        boolean has(String key) {
            return keys.containsKey(key);
        }

        String get(String key, String fallback) {
            return keys.getOrDefault(key, fallback);
        }

        StepOptions options() {
            return new StepOptions.Builder(name)
                    .role(Role.valueOf(role.toUpperCase(Locale.ROOT)))
                    .allowFailure(has("allow"))
                    .timeout(has("timeout") ? duration(get("timeout", "")) : null)
                    .onLost(
                            get("lost", "fail").equals("retry")
                                    ? StepOptions.OnLost.RETRY
                                    : StepOptions.OnLost.FAIL)
                    .retry(retry())
                    .when(has("when") ? when(get("when", "")) : When.ALWAYS)
                    .build();
        }

        private Retry retry() {
            Set<Retry.Cause> on =
                    has("on")
                            ? Stream.of(get("on", "").toUpperCase(Locale.ROOT).split(","))
                                    .map(Retry.Cause::valueOf)
                                    .collect(Collectors.toSet())
                            : Retry.NONE.on();
            return new Retry(Integer.parseInt(get("retry", "1")), duration(get("delay", "0s")), on);
        }

        private static When when(String expression) {
            return new When(
                    List.of(
                            new When.Clause(
                                    List.of(), List.of(), List.of(), List.of(), expression)));
        }
    }
}
