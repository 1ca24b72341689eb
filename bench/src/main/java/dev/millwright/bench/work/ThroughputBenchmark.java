package dev.millwright.bench.work;

import dev.millwright.bench.measure.Figure;
import dev.millwright.bench.measure.Unit;
import dev.millwright.bench.server.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Many one-step runs queued at once: from the moment before the first webhook is sent to the end
/// of the last run, as the runs' records say.
final class ThroughputBenchmark implements Benchmark {
    private static final double GOAL = 250;

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public List<Figure> run(Bench bench) throws IOException, InterruptedException {
        int most = bench.size(1000, 100);
        List<Figure> figures = new ArrayList<>();
        bench.say("the floor");
        double floor = bench.floors().shellsPerSecond(most);
        int refused = 0;
        try (ServerProcess server = bench.newHome().start()) {
            bench.say("%d runs to warm up".formatted(most));
            refused += Burst.of(server, "warm-up", most).refused();
            for (int runs : List.of(most / 4, most / 2, most)) {
                bench.say("%d runs".formatted(runs));
                Burst burst = Burst.of(server, "many-" + runs, runs);
                refused += burst.refused();
                figures.add(
                        Figure.of(
                                        "%,d one-step runs queued at once".formatted(runs),
                                        Unit.PER_SECOND,
                                        burst.perSecond())
                                .goal(GOAL / bench.slower(1))
                                .floor("spawns", floor));
            }
        }
        figures.add(
                Figure.of("webhooks answered 503 meanwhile, in all", Unit.COUNT, refused).goal(0));
        return figures;
    }
}
