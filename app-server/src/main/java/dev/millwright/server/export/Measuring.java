package dev.millwright.server.export;

import dev.millwright.engine.placement.NodeOffer;
import dev.millwright.plugin.report.Measures;
import dev.millwright.server.node.Nodes;
import dev.millwright.server.outbox.ChannelStatus;
import dev.millwright.server.outbox.Outbox;
import dev.millwright.server.run.Runs;
import dev.millwright.server.run.Statistics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Tells exporters once a minute how things stand. [#tick] is called by one thread.
public final class Measuring {
    private static final Duration EVERY = Duration.ofMinutes(1);

    /// How often is looked whether there is an exporter at all.
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final List<String> WORKER_STATES = List.of("available", "busy", "offline");

    private record Series(String namespace, String pipeline, String state) {}

    private final Supplier<List<ExporterChannel>> exporters;
    private final Supplier<List<Statistics.ActiveCount>> runs;
    private final Supplier<List<Nodes.Counted>> nodes;
    private final Supplier<List<ChannelStatus>> outbox;
    private final InstantSource clock;
    private final Instant since;

    /// What was told before: when it comes to nothing, that has to be told.
    private final Set<Series> told = new HashSet<>();

    /// Who has not come back yet from the call before.
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();

    private Instant next;

    private Measuring(
            Supplier<List<ExporterChannel>> exporters,
            Supplier<List<Statistics.ActiveCount>> runs,
            Supplier<List<Nodes.Counted>> nodes,
            Supplier<List<ChannelStatus>> outbox,
            InstantSource clock) {
        this.exporters = exporters;
        this.runs = runs;
        this.nodes = nodes;
        this.outbox = outbox;
        this.clock = clock;
        this.since = clock.instant();
        this.next = since;
    }

    /// Measure what these tell.
    ///
    /// @param runs that are not over
    /// @param outbox how the exporters fare
    static Measuring create(
            Supplier<List<ExporterChannel>> exporters,
            Supplier<List<Statistics.ActiveCount>> runs,
            Supplier<List<Nodes.Counted>> nodes,
            Supplier<List<ChannelStatus>> outbox,
            InstantSource clock) {
        return new Measuring(exporters, runs, nodes, outbox, clock);
    }

    /// Measure a server's runs and nodes, and what is not told.
    public static Measuring create(
            Exporters exporters, Runs runs, Nodes nodes, Outbox outbox, InstantSource clock) {
        return create(exporters::channels, runs::active, nodes::all, outbox::status, clock);
    }

    /// Tell, if it is time.
    public void tick() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        List<ExporterChannel> channels = exporters.get();
        next = now.plus(channels.isEmpty() ? LOOK : EVERY);
        if (channels.isEmpty()) {
            return;
        }
        Measures measures = measures(now);
        Map<String, Long> dropped =
                outbox.get().stream()
                        .collect(
                                Collectors.toMap(
                                        ChannelStatus::name, ChannelStatus::dropped, Long::max));
        for (ExporterChannel channel : channels) {
            if (underWay.add(channel.id())) {
                var _ =
                        Thread.ofVirtual()
                                .name("measure-" + channel.id())
                                .start(() ->
                                        tell(
                                                channel,
                                                measures,
                                                dropped.getOrDefault(channel.name(), 0L)));
            }
        }
    }

    private void tell(ExporterChannel channel, Measures measures, long dropped) {
        try {
            channel.measure(measures, dropped);
        } finally {
            underWay.remove(channel.id());
        }
    }

    Measures measures(Instant now) {
        Map<Series, Long> counts = new HashMap<>();
        told.forEach(series -> counts.put(series, 0L));
        for (Statistics.ActiveCount count : runs.get()) {
            counts.put(
                    new Series(count.namespace(), count.pipeline(), count.state()), count.runs());
        }
        told.addAll(counts.keySet());
        List<Measures.Active> active = new ArrayList<>();
        counts.forEach((series, count) ->
                active.add(
                        new Measures.Active(
                                series.namespace(), series.pipeline(), series.state(), count)));
        return new Measures(now, since, active, workers());
    }

    private Map<String, Long> workers() {
        Map<String, Long> workers = new HashMap<>();
        WORKER_STATES.forEach(state -> workers.put(state, 0L));
        nodes.get().forEach(node -> workers.merge(state(node), 1L, Long::sum));
        return workers;
    }

    private static String state(Nodes.Counted node) {
        boolean away =
                switch (node.row().standing()) {
                    case UNREACHABLE, OFFLINE -> true;
                    case ONLINE, ELSEWHERE, SUSPECT, DRAINING -> false;
                };
        if (away) {
            return "offline";
        }
        boolean takesNothing = node.row().shown() == NodeOffer.Standing.DRAINING;
        return node.busy() > 0 ? "busy" : takesNothing ? "offline" : "available";
    }
}
