package dev.millwright.bench.work;

import dev.millwright.api.event.EventQuery;
import dev.millwright.bench.measure.BenchException;
import dev.millwright.bench.measure.Figure;
import dev.millwright.bench.measure.Samples;
import dev.millwright.bench.measure.Unit;
import dev.millwright.bench.measure.Waiting;
import dev.millwright.bench.node.Crowd;
import dev.millwright.bench.server.Finishes;
import dev.millwright.bench.server.Hook;
import dev.millwright.bench.server.Pipelines;
import dev.millwright.bench.server.ProcessUse;
import dev.millwright.bench.server.ServerHome;
import dev.millwright.bench.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Many connected nodes: what they cost, how long a step on each takes, how soon they are back.
final class NodesBenchmark implements Benchmark {
    private static final int USUAL = 50;
    private static final int MANY = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int KB_PER_MB = 1000;
    private static final double NANOS = 1e9;

    @Override
    public String name() {
        return "nodes";
    }

    @Override
    public List<Figure> run(Bench bench) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        figures.addAll(measure(bench, USUAL));
        if (bench.size(MANY, USUAL) > USUAL) {
            figures.addAll(measure(bench, MANY / 2));
            figures.addAll(measure(bench, MANY));
        }
        return figures;
    }

    private static List<Figure> measure(Bench bench, int size)
            throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        Duration rest = Duration.ofSeconds(bench.size(20, 5));
        ServerHome home = bench.newHome();
        try (ServerProcess server = home.start()) {
            bench.say("%,d nodes join".formatted(size));
            long start = System.nanoTime();
            try (Crowd crowd = Crowd.join(server, home.linkPort(), size)) {
                bench.say("joined in %.1f s".formatted(since(start)));
                double alone = ProcessUse.residentAfterCollection(server.pid());
                start = System.nanoTime();
                crowd.connect();
                await(crowd, size);
                figures.add(seconds("all connected", size, since(start)));
                // What the connecting has left to compile and to collect is not rest
                Thread.sleep(Duration.ofSeconds(bench.size(90, 5)));
                Figure cpu = cpu(server, label("server CPU at rest, share of a core", size), rest);
                figures.add(size == USUAL ? cpu.goal(2) : cpu);
                if (size == USUAL) {
                    bench.say("at rest for ten minutes");
                    Thread.sleep(Duration.ofSeconds(bench.size(510, 5)));
                    figures.add(
                            cpu(
                                            server,
                                            label("the same, ten minutes after the last", size),
                                            rest.multipliedBy(3))
                                    .goal(2));
                }
                double together = ProcessUse.residentAfterCollection(server.pid());
                figures.add(
                        Figure.of(
                                        label("server memory for each node (RSS)", size),
                                        Unit.KILOBYTES,
                                        (together - alone) * KB_PER_MB / size)
                                .goal(60));
                figures.addAll(fanOut(bench, server, crowd, size));
                figures.add(suspects(server, size));
                bench.say("the server is killed and started again");
                server.kill();
                try (ServerProcess again = home.start()) {
                    long ready = System.nanoTime();
                    await(crowd, size);
                    figures.add(seconds("kill -9: ready -> all back", size, since(ready)));
                    Thread.sleep(rest);
                    figures.add(suspects(again, size));
                }
            }
        }
        return figures;
    }

    private static Figure cpu(ServerProcess server, String label, Duration time)
            throws InterruptedException {
        return Figure.of(label, Unit.PERCENT, 100 * ProcessUse.share(server.pid(), time));
    }

    private static List<Figure> fanOut(Bench bench, ServerProcess server, Crowd crowd, int size)
            throws InterruptedException {
        String steps =
                IntStream.range(0, size)
                        .mapToObj(Crowd::name)
                        .map("{name: on-%1$s, needs: {node: %1$s}, commands: ['true']}"::formatted)
                        .collect(Collectors.joining(",\n        "));
        server.apply(
                Pipelines.pipeline(
                        "everywhere", List.of("{name: all, parallel: [%s]}".formatted(steps))));
        Samples taken = new Samples();
        Samples ended = new Samples();
        try (Hook hook = new Hook(server.address());
                Finishes finishes = Finishes.follow(server)) {
            for (int i = bench.size(5, 2); i > 0; i--) {
                int before = crowd.taken();
                long start = System.nanoTime();
                Hook.Sent sent = hook.send("everywhere");
                finishes.await(sent.run());
                ended.add(since(start));
                Waiting.until(
                        "all steps taken", PATIENCE, PAUSE, () -> crowd.taken() >= before + size);
                taken.add((crowd.lastTakenNanos() - start) / NANOS);
                bench.say("a step on each: %.2f s".formatted(since(start)));
            }
        }
        return List.of(
                Figure.of(
                        label("a step on each: webhook -> all taken", size),
                        Unit.SECONDS,
                        taken,
                        100),
                Figure.of(
                                label("a step on each: webhook -> run ended", size),
                                Unit.SECONDS,
                                ended,
                                100)
                        .goal(2));
    }

    /// Nodes that were said to be silent although none was.
    private static Figure suspects(ServerProcess server, int size) {
        int count = 0;
        for (String type : List.of("node.suspect", "node.unreachable")) {
            count += server.client().events(EventQuery.ALL.ofType(type)).items().size();
        }
        return Figure.of(label("nodes wrongly taken for silent", size), Unit.COUNT, count).goal(0);
    }

    private static void await(Crowd crowd, int size) throws InterruptedException {
        try {
            Waiting.until("all nodes connected", PATIENCE, PAUSE, () -> crowd.connected() == size);
        } catch (BenchException late) {
            throw new BenchException(
                    "%s; %d are, the last failure: %s"
                            .formatted(late.getMessage(), crowd.connected(), crowd.lastFailure()),
                    late);
        }
    }

    private static Figure seconds(String what, int size, double value) {
        return Figure.of(label(what, size), Unit.SECONDS, value);
    }

    private static String label(String what, int size) {
        return "%,d nodes: %s".formatted(size, what);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / NANOS;
    }
}
