package dev.millwright.cli.journal;

import dev.millwright.api.ApiJson;
import dev.millwright.api.LiveStream;
import dev.millwright.api.MillwrightClient;
import dev.millwright.api.event.EventQuery;
import dev.millwright.api.event.EventView;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.Count;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.Outage;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.launch.Interrupts;
import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.Style;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `millwright events`.
@Command(name = "events", description = "Show what happened, or what happens from now on")
public final class EventsCommand extends ServerCommand {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    /// What of an event's data a line has room for, in this order.
    private static final List<String> TOLD =
            List.of("status", "changed", "version", "reason", "problem", "address", "by");

    @Option(
            names = {"-f", "--follow"},
            description = "Go on for ever")
    private boolean follow;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Such as run.finished, or run.* for all of a family")
    private @Nullable String type;

    @Option(
            names = "--after",
            paramLabel = "SEQ",
            description =
                    "Only events with a greater number (default: the newest; with -f from now on)")
    private @Nullable Long after;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Of every namespace")
    private boolean everywhere;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Count.class,
            description = "How many (default: 100)")
    private int limit = 100;

    @Mixin private OutputOptions output = new OutputOptions();

    public EventsCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        EventQuery query = EventQuery.ALL.limit(limit);
        query = everywhere ? query : query.inNamespace(namespace);
        query = type == null ? query : query.ofType(type);
        Long from = after;
        if (from != null && from < 0) {
            throw CliException.usage("--after %d is not the number of an event".formatted(from));
        }
        if (!follow) {
            List<EventView> found =
                    client.events(from == null ? query.newest() : query.after(from)).items();
            found.forEach(this::print);
            if (found.isEmpty() && !everywhere) {
                terminal()
                        .note(
                                "no such events in namespace '%s'; those of nodes and servers are in 'system' (-n system), and -A shows all"
                                        .formatted(namespace));
            }
            return ExitCode.OK;
        }
        AtomicBoolean interrupted = new AtomicBoolean();
        try (Interrupts _ = Interrupts.listen(() -> interrupted.set(true));
                LiveStream<EventView> events =
                        client.followEvents(query.after(from == null ? -1 : from))) {
            Outage outage = new Outage(terminal()::note);
            while (!interrupted.get() && !events.isEnded()) {
                outage.note(events.isConnected());
                terminal().requireReader();
                events.poll(Duration.ofMillis(200)).ifPresent(this::print);
            }
        }
        return interrupted.get() ? ExitCode.INTERRUPTED : ExitCode.OK;
    }

    /// One line per event, in every form but YAML: lines can be filtered while they come.
    private void print(EventView event) {
        switch (output.format()) {
            case JSON -> terminal().line(ApiJson.mapper().writeValueAsString(event));
            case YAML -> {
                terminal().line("---");
                output.one(terminal(), event, () -> {}, "");
            }
            case NAME -> terminal().line(event.type());
            case TABLE -> {
                Line line =
                        Line.of(Style.DIM, TIME.format(event.at()))
                                .add("  ")
                                .add(Style.CYAN, event.type())
                                .padTo(42)
                                .add(" " + event.subject());
                terminal().line(line.add(Style.DIM, detail(event)));
            }
        }
    }

    private static String detail(EventView event) {
        return Stream.concat(
                        TOLD.stream()
                                .map(event.data()::get)
                                .filter(Objects::nonNull)
                                .map(value ->
                                        value instanceof List<?> words
                                                ? join(words)
                                                : value.toString()),
                        token(event).stream())
                .filter(text -> !text.isEmpty())
                .map(text -> "  " + text)
                .collect(Collectors.joining());
    }

    /// With which token; empty when the event is about that token.
    private static Optional<String> token(EventView event) {
        return Optional.ofNullable(event.data().get("token"))
                .filter(id -> !event.subject().endsWith("/" + id))
                .map("token %s"::formatted);
    }

    private static String join(List<?> words) {
        return words.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
