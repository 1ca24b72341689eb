package dev.millwright.engine.definition;

import dev.millwright.model.plan.Concurrency;
import dev.millwright.model.plan.Input;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.When;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Puts the pipelines of several files together: they run side by side, each as a group with its
/// own condition and variables.
///
/// @param conflicts what they declare differently though it can be only one way; by file
public record SideBySide(PipelineDefinition definition, Map<String, String> conflicts) {
    public SideBySide {
        conflicts = Map.copyOf(conflicts);
    }

    /// Put them together; one alone stays as it is.
    ///
    /// @param definitions by file; at least one
    public static SideBySide of(SequencedMap<String, PipelineDefinition> definitions) {
        if (definitions.size() == 1) {
            return new SideBySide(definitions.firstEntry().getValue(), Map.of());
        }
        Map<String, Input> inputs = new LinkedHashMap<>();
        Map<String, String> conflicts = new LinkedHashMap<>();
        List<StepDefinition> groups = new ArrayList<>();
        List<Concurrency> concurrency = new ArrayList<>();
        definitions.forEach((file, definition) -> {
            groups.add(group(file, definition));
            for (Input input : definition.inputs()) {
                Input other = inputs.putIfAbsent(input.name(), input);
                if (other != null && !other.equals(input)) {
                    conflicts.put(
                            file,
                            "input '%s' is declared differently in another file"
                                    .formatted(input.name()));
                }
            }
            definition
                    .concurrency()
                    .filter(group -> !concurrency.contains(group))
                    .ifPresent(concurrency::add);
            if (concurrency.size() > 1) {
                conflicts.put(file, "another file names a different concurrency group");
            }
        });
        StepDefinition root =
                new StepDefinition(
                        StepOptions.named(""),
                        new StepDefinition.SideBySide(groups, 0, false),
                        List.of(),
                        List.of(),
                        List.of(),
                        null);
        return new SideBySide(
                new PipelineDefinition(
                        List.copyOf(inputs.values()),
                        any(definitions),
                        concurrency.isEmpty() ? null : concurrency.getFirst(),
                        highestPriority(definitions),
                        Map.of(),
                        root),
                conflicts);
    }

    private static StepDefinition group(String file, PipelineDefinition definition) {
        StepDefinition root = definition.root();
        StepOptions.Builder options =
                root.options().toBuilder()
                        .when(definition.when())
                        .environment(definition.environment());
        if (root.options().name().isEmpty()) {
            options.name(file.replaceFirst("^.*/", "").replaceFirst("[.]ya?ml$", ""));
        }
        return new StepDefinition(
                options.build(), root.body(), root.setup(), root.ensure(), root.teardown(), null);
    }

    /// The most urgent file tells how urgent the run is.
    private static int highestPriority(SequencedMap<String, PipelineDefinition> definitions) {
        return definitions.values().stream().mapToInt(PipelineDefinition::priority).max().orElse(0);
    }

    /// The run starts when one of the files wants it to.
    private static When any(SequencedMap<String, PipelineDefinition> definitions) {
        boolean always =
                definitions.values().stream().anyMatch(it -> it.when().clauses().isEmpty());
        return always
                ? When.ALWAYS
                : new When(
                        definitions.values().stream()
                                .flatMap(it -> it.when().clauses().stream())
                                .toList());
    }
}
