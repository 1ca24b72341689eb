package dev.millwright.cli.journal;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.poll.PollView;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.terminal.Style;
import dev.millwright.cli.terminal.Table;
import dev.millwright.cli.terminal.Table.Cell;
import dev.millwright.cli.terminal.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `millwright polls`.
@Command(name = "polls", description = "Show when pipelines look for news, and what is wrong there")
public final class PollsCommand extends ServerCommand {
    @Option(
            names = {"-p", "--pipeline"},
            paramLabel = "NAME",
            description = "Only of this pipeline")
    private String pipeline = "";

    @Mixin private OutputOptions output = new OutputOptions();

    public PollsCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        List<PollView> polls = client.polls(namespace, pipeline).items();
        Instant now = Instant.now();
        Table table = Table.of("POLL", "TYPE", "EVERY", "STATUS", "LOOKED", "FOUND", "PROBLEM");
        for (PollView poll : polls) {
            table.row(
                    Cell.of(poll.pipeline() + "/" + poll.name()),
                    Cell.of(poll.type()),
                    Cell.of(Times.duration(Duration.ofMillis(poll.everyMillis()))),
                    Cell.of(style(poll), poll.status()),
                    Cell.of(age(poll.lookedAt(), now)),
                    Cell.of(age(poll.foundAt(), now)),
                    Cell.of(poll.problem()));
        }
        output.list(
                terminal(),
                polls,
                table,
                poll -> poll.pipeline() + "/" + poll.name(),
                "no pipeline polls");
        return ExitCode.OK;
    }

    private static Style style(PollView poll) {
        return switch (poll.status()) {
            case "failing" -> Style.RED;
            case "suspended" -> Style.DIM;
            default -> Style.PLAIN;
        };
    }

    private static String age(@Nullable Instant time, Instant now) {
        return time == null ? "-" : Times.age(time, now);
    }
}
