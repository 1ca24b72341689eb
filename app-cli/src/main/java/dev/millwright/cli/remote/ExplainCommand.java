package dev.millwright.cli.remote;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.run.ExplainView;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.Style;
import dev.millwright.cli.terminal.Times;
import dev.millwright.cli.tree.Looks;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `millwright explain`.
@Command(name = "explain", description = "Say why a run stands where it stands")
public final class ExplainCommand extends ServerCommand {
    @Parameters(paramLabel = "RUN", description = RunReference.FORMS)
    private String run = "";

    @Mixin private OutputOptions output = new OutputOptions();

    public ExplainCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        RunId id = RunReference.find(client, namespace, run);
        ExplainView answer = client.explain(id);
        output.one(terminal(), answer, () -> terminal().lines(lines(answer)), id.toString());
        return ExitCode.OK;
    }

    private List<Line> lines(ExplainView answer) {
        List<Line> lines = new ArrayList<>();
        lines.add(
                Line.of(
                                Looks.style(answer.status()),
                                Looks.symbol(answer.status(), terminal().symbols())
                                        + " "
                                        + answer.status().word())
                        .add("  " + answer.summary().lines().findFirst().orElse("")));
        lines.addAll(rest(answer.summary(), "    "));
        Instant now = Instant.now();
        for (ExplainView.StepReason step : answer.steps()) {
            Line line =
                    Line.of(
                                    Looks.style(step.status()),
                                    "  " + Looks.symbol(step.status(), terminal().symbols()))
                            .add(" " + step.name() + " ")
                            .add(Style.DIM, step.path().value())
                            .add("  " + step.status().word());
            Instant since = step.since();
            if (since != null && !step.status().isFinished()) {
                line.add(" for " + Times.age(since, now));
            }
            String why = step.message().isEmpty() ? step.cause() : step.message();
            boolean told = isTold(answer.summary(), step, why);
            String shown = told ? "" : why.lines().findFirst().orElse("");
            lines.add(shown.isEmpty() ? line : line.add(": " + shown));
            lines.addAll(told ? List.of() : rest(why, "      "));
            nodes(step)
                    .forEach((reason, nodes) ->
                            lines.add(
                                    Line.of(
                                                    Style.DIM,
                                                    "      %s %s: "
                                                            .formatted(
                                                                    nodes.size() == 1
                                                                            ? "node"
                                                                            : "nodes",
                                                                    String.join(", ", nodes)))
                                            .add(reason)));
        }
        return lines;
    }

    /// Whether the summary speaks of that very step, or of the whole run, and says why: others may
    /// wait for the same.
    private static boolean isTold(String summary, ExplainView.StepReason step, String why) {
        boolean isNamed =
                step.path().equals(StepPath.ROOT)
                        || summary.contains("(%s)".formatted(step.path()));
        return isNamed && summary.contains(why);
    }

    /// Which nodes say what, without those that the message names with their words.
    private static Map<String, List<String>> nodes(ExplainView.StepReason step) {
        Map<String, List<String>> saying = new LinkedHashMap<>();
        for (ExplainView.NodeReason node : step.nodes()) {
            boolean named =
                    step.nodes().size() == 1
                            || step.message().contains("'%s'".formatted(node.node()));
            if (!named || !step.message().contains(node.reason())) {
                saying.computeIfAbsent(node.reason(), _ -> new ArrayList<>()).add(node.node());
            }
        }
        return saying;
    }

    /// What stands below the first line.
    private static List<Line> rest(String text, String indent) {
        return text.lines().skip(1).map(line -> Line.of(Style.DIM, indent + line)).toList();
    }
}
