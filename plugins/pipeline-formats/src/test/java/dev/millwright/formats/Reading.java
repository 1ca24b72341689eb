package dev.millwright.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.definition.StepDefinition;
import dev.millwright.engine.plan.InlineSteps;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.model.Parameters;
import dev.millwright.model.Payload;
import dev.millwright.plugin.NoConfiguration;
import dev.millwright.plugin.format.FormatResult;
import dev.millwright.plugin.format.PipelineFile;
import dev.millwright.plugin.format.PipelineFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads texts with a format. Immutable.
record Reading(PipelineFormat<NoConfiguration> format) {
    FormatResult result(String text) {
        return result("", text);
    }

    FormatResult result(String pipeline, String text) {
        return format.read(
                new PipelineFile(
                        format.files().getFirst(),
                        pipeline,
                        Payload.of(text),
                        path -> Optional.empty()),
                new NoConfiguration());
    }

    FormatResult.Read read(String text) {
        return read("", text);
    }

    FormatResult.Read read(String pipeline, String text) {
        FormatResult result = result(pipeline, text);
        assertThat(result).isInstanceOf(FormatResult.Read.class);
        return (FormatResult.Read) result;
    }

    /// Each as `line:column message`.
    List<String> faults(String text) {
        return faults("", text);
    }

    List<String> faults(String pipeline, String text) {
        FormatResult result = result(pipeline, text);
        assertThat(result).isInstanceOf(FormatResult.Invalid.class);
        return ((FormatResult.Invalid) result)
                .faults().stream()
                        .map(fault ->
                                "%d:%d %s".formatted(fault.line(), fault.column(), fault.message()))
                        .toList();
    }

    /// What Millwright makes of it.
    static StepDefinition root(FormatResult.Read read) {
        ReadResult result = InlineSteps.read("test", read.pipeline());
        assertThat(result).isInstanceOf(ReadResult.Read.class);
        return ((ReadResult.Read) result).definition().root();
    }

    /// The names of the steps, such as `a (b | c (d e))`: in order, `|` for side by side.
    static String shape(FormatResult.Read read) {
        return shape(root(read));
    }

    private static String shape(StepDefinition step) {
        return switch (step.body()) {
            case StepDefinition.InOrder(List<StepDefinition> steps) ->
                    "(" + joined(steps, " ") + ")";
            case StepDefinition.SideBySide(List<StepDefinition> steps, int _, boolean _) ->
                    "(" + joined(steps, " | ") + ")";
            default -> step.options().name();
        };
    }

    private static String joined(List<StepDefinition> steps, String between) {
        return steps.stream().map(Reading::shape).collect(Collectors.joining(between));
    }

    /// What the only step says to its runner.
    static Parameters parameters(FormatResult.Read read) {
        StepDefinition.InOrder steps = (StepDefinition.InOrder) root(read).body();
        return ((StepDefinition.Work) steps.steps().getFirst().body()).parameters();
    }
}
