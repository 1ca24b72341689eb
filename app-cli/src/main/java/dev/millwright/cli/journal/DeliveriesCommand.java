package dev.millwright.cli.journal;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.delivery.DeliveryAccepted;
import dev.millwright.api.delivery.DeliveryDetail;
import dev.millwright.api.delivery.DeliveryQuery;
import dev.millwright.api.delivery.DeliveryView;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.Count;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.Style;
import dev.millwright.cli.terminal.Table;
import dev.millwright.cli.terminal.Times;
import dev.millwright.model.DeliveryId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright deliveries`.
@Command(
        name = "deliveries",
        description = "List accepted triggers, show one, or carry it out again")
public final class DeliveriesCommand extends ServerCommand {
    /// What to do.
    enum Verb {
        LS,
        SHOW,
        REDELIVER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ls|show|redeliver",
            description = "What to do (default: ls)")
    private Verb verb = Verb.LS;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DELIVERY",
            description = "For show and redeliver: an id, the beginning of one, or last")
    private @Nullable String id;

    @Option(
            names = {"-p", "--pipeline"},
            paramLabel = "NAME",
            description = "Only for this pipeline")
    private @Nullable String pipeline;

    @Option(
            names = "--status",
            paramLabel = "WORD",
            description = "Only received, started, ignored or rejected ones")
    private @Nullable String status;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Count.class,
            description = "How many (default: 20)")
    private int limit = 20;

    @Mixin private OutputOptions output = new OutputOptions();

    public DeliveriesCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        switch (verb) {
            case LS -> list(client.deliveries(query(namespace).limit(limit)).items());
            case SHOW -> {
                DeliveryDetail found = client.delivery(find(client, namespace));
                output.one(
                        terminal(),
                        found,
                        () -> terminal().lines(lines(found)),
                        found.delivery().id().toString());
            }
            case REDELIVER -> {
                DeliveryAccepted again = client.redeliver(find(client, namespace));
                output.one(
                        terminal(),
                        again,
                        () -> terminal().line("run " + again.run() + " accepted"),
                        again.run().toString());
            }
        }
        return ExitCode.OK;
    }

    private DeliveryQuery query(String namespace) {
        DeliveryQuery query = DeliveryQuery.ALL.inNamespace(namespace);
        query = pipeline == null ? query : query.ofPipeline(pipeline);
        return status == null ? query : query.withStatus(status);
    }

    private DeliveryId find(MillwrightClient client, String namespace) {
        String wanted = id;
        if (wanted == null) {
            throw CliException.usage("which delivery? Name it by its id");
        }
        if (wanted.length() == 36) {
            return DeliveryId.parse(wanted);
        }
        List<DeliveryId> found =
                client.deliveries(query(namespace).limit(200)).items().stream()
                        .map(DeliveryView::id)
                        .filter(known ->
                                wanted.equals("last") || known.toString().startsWith(wanted))
                        .toList();
        if (found.isEmpty()) {
            throw CliException.notFound(
                    "no delivery '%s'; 'millwright deliveries' lists them".formatted(wanted));
        }
        if (found.size() > 1 && !wanted.equals("last")) {
            throw CliException.usage("several deliveries begin with '%s'".formatted(wanted));
        }
        return found.getFirst();
    }

    private void list(List<DeliveryView> deliveries) {
        Table table =
                Table.of("ID", "SOURCE", "PIPELINE", "EVENT", "STATUS", "AGE", "RUN", "REASON");
        Instant now = Instant.now();
        for (DeliveryView delivery : deliveries) {
            Object run = delivery.runId();
            table.row(
                    delivery.id().toString(),
                    delivery.source(),
                    delivery.pipeline(),
                    delivery.event(),
                    delivery.status(),
                    Times.age(delivery.receivedAt(), now),
                    run == null ? "" : run.toString(),
                    delivery.reason());
        }
        output.list(terminal(), deliveries, table, one -> one.id().toString(), "no deliveries");
    }

    private static List<Line> lines(DeliveryDetail detail) {
        DeliveryView delivery = detail.delivery();
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(Style.BOLD, delivery.id().toString()));
        lines.add(
                Line.empty()
                        .add(
                                "from "
                                        + delivery.source()
                                        + " for "
                                        + delivery.namespace()
                                        + "/"
                                        + delivery.pipeline()
                                        + " at "
                                        + delivery.receivedAt()));
        if (delivery.redeliveryOf() != null) {
            lines.add(Line.empty().add("repeats " + delivery.redeliveryOf()));
        }
        String run = delivery.runId() == null ? "" : ", run " + delivery.runId();
        String why = delivery.reason().isEmpty() ? "" : ": " + delivery.reason();
        lines.add(Line.empty().add(delivery.status() + why + run));
        new TreeMap<>(detail.parameters())
                .forEach((name, value) ->
                        lines.add(Line.of(Style.DIM, name + " = ").add(value.toString())));
        new TreeMap<>(detail.headers())
                .forEach((name, value) -> lines.add(Line.of(Style.DIM, name + ": ").add(value)));
        if (!detail.body().isEmpty()) {
            lines.add(Line.empty());
            detail.body().lines().map(text -> Line.empty().add(text)).forEach(lines::add);
        }
        return lines;
    }
}
