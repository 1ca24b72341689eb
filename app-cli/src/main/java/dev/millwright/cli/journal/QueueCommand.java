package dev.millwright.cli.journal;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.run.RunSummary;
import dev.millwright.api.server.OutboxView;
import dev.millwright.api.server.QueueView;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.terminal.Style;
import dev.millwright.cli.terminal.Table;
import dev.millwright.cli.terminal.Table.Cell;
import dev.millwright.cli.terminal.Times;
import dev.millwright.cli.tree.Looks;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `millwright queue`.
@Command(name = "queue", description = "Show what waits and what is being worked on")
public final class QueueCommand extends ServerCommand {
    @Mixin private OutputOptions output = new OutputOptions();

    public QueueCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        QueueView queue = client.queue();
        if (output.format() == OutputOptions.Format.NAME) {
            queue.runs().forEach(run -> terminal().line(run.id().toString()));
            return ExitCode.OK;
        }
        output.one(terminal(), queue, () -> print(queue), "");
        return ExitCode.OK;
    }

    private void print(QueueView queue) {
        terminal()
                .line(
                        "jobs of the server: %s with %d workers: %d waiting, %d at work, %d for later, %d failed"
                                .formatted(
                                        queue.running() ? "running" : "stopped",
                                        queue.workers(),
                                        queue.enqueued(),
                                        queue.processing(),
                                        queue.scheduled(),
                                        queue.failed()));
        Instant now = Instant.now();
        queue.outbox().forEach(one -> terminal().line(sentence(one, now)));
        if (queue.runs().isEmpty()) {
            terminal().note("no run is under way");
            return;
        }
        Table table = Table.of("RUN", "STATUS", "STEPS", "AGE", "WHY", "ID");
        for (RunSummary run : queue.runs()) {
            table.row(
                    Cell.of(run.namespace() + "/" + run.pipeline() + "#" + run.number()),
                    Cell.of(Looks.style(run.status()), run.status().word()),
                    Cell.of(run.stepsFinished() + "/" + run.stepsTotal()),
                    Cell.of(Times.age(run.queuedAt(), now)),
                    Cell.of(run.message()),
                    Cell.of(Style.DIM, run.id().toString()));
        }
        output.table(terminal(), table);
    }

    /// Such as `exporter default/traces: 12 to tell (oldest 5m), 3 failing (next try in 40s), 0
    /// given up; failed 8s ago: it cannot be reached`.
    private static String sentence(OutboxView outbox, Instant now) {
        StringBuilder text = new StringBuilder(outbox.name()).append(": ");
        text.append(outbox.waiting()).append(" to tell");
        if (outbox.oldest() != null) {
            text.append(" (oldest ").append(Times.age(outbox.oldest(), now)).append(')');
        }
        text.append(", %d failing".formatted(outbox.failing()));
        if (outbox.nextTry() != null) {
            // The age of now, seen from then
            text.append(" (next try in %s)".formatted(Times.age(now, outbox.nextTry())));
        }
        text.append(", %d given up".formatted(outbox.dropped()));
        outbox.lastFailure()
                .ifPresent(at ->
                        text.append(
                                "; failed %s ago: %s"
                                        .formatted(Times.age(at, now), outbox.reason())));
        return text.toString();
    }
}
