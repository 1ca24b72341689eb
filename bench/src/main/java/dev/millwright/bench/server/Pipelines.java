package dev.millwright.bench.server;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// Pipelines as YAML, ready to be applied; open to webhooks.
public final class Pipelines {
    private Pipelines() {}

    /// One step with these commands.
    public static String oneStep(String name, String... commands) {
        return pipeline(name, List.of(step("step", commands)));
    }

    /// So many steps `true`, one after the other.
    public static String sequence(String name, int steps) {
        return pipeline(name, trivial(steps));
    }

    /// So many steps `true`, side by side.
    public static String parallel(String name, int steps) {
        String inside = String.join(", ", trivial(steps));
        return pipeline(name, List.of("{name: group, parallel: [%s]}".formatted(inside)));
    }

    private static List<String> trivial(int steps) {
        return IntStream.range(0, steps).mapToObj(i -> step("step-" + i, "true")).toList();
    }

    /// A pipeline of steps that are written in YAML's flow style.
    public static String pipeline(String name, List<String> steps) {
        StringBuilder yaml =
                new StringBuilder(
                        """
                        apiVersion: v1alpha
                        kind: Pipeline
                        metadata: {name: %s, namespace: default}
                        spec:
                          webhook: {open: true}
                          steps:
                        """
                                .formatted(name));
        steps.forEach(step -> yaml.append("    - ").append(step).append('\n'));
        return yaml.toString();
    }

    public static String step(String name, String... commands) {
        return "{name: %s, commands: ['%s']}".formatted(name, String.join("', '", commands));
    }

    /// The command that writes the time into a file of the run below the folder.
    public static String mark(Path folder, String ending) {
        return "date +%%s%%N > \"%s/$MILLWRIGHT_RUN_ID%s\"".formatted(folder, ending);
    }
}
