package dev.millwright.bench.work;

import java.util.List;

/// All benchmarks, in the order in which they run.
public final class Benchmarks {
    private Benchmarks() {}

    public static List<Benchmark> all() {
        return List.of(
                new TriggerBenchmark(),
                new StepsBenchmark(),
                new ThroughputBenchmark(),
                new LogBenchmark(),
                new StartBenchmark(),
                new IdleBenchmark(),
                new AgentBenchmark(),
                new KillBenchmark(),
                new NodesBenchmark(),
                new PollsBenchmark(),
                new HistoryBenchmark(),
                new DecisionBenchmark());
    }
}
