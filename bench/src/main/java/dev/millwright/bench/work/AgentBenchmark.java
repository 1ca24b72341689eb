package dev.millwright.bench.work;

import dev.millwright.bench.measure.Figure;
import dev.millwright.bench.measure.Samples;
import dev.millwright.bench.measure.Unit;
import dev.millwright.bench.server.AgentProcess;
import dev.millwright.bench.server.Finishes;
import dev.millwright.bench.server.Hook;
import dev.millwright.bench.server.Pipelines;
import dev.millwright.bench.server.ProcessUse;
import dev.millwright.bench.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/// What agents of nodes cost that have nothing to do: fresh ones, and those that have worked.
final class AgentBenchmark implements Benchmark {
    private static final int SLOTS = 8;
    private static final int WORST = 100;
    private static final double GOAL = 80;
    private static final int LINES = 1_000_000;

    /// With the end of the line a tenth of a kilobyte.
    private static final String LINE = "x".repeat(99);

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public List<Figure> run(Bench bench) throws IOException, InterruptedException {
        Duration rest = Duration.ofSeconds(bench.size(120, 5));
        Duration time = Duration.ofSeconds(bench.size(60, 5));
        int lines = bench.size(LINES, LINES / 20);
        int steps = bench.size(100, 5);
        List<AgentProcess> agents = new ArrayList<>();
        try (ServerProcess server = bench.newHome().start()) {
            try {
                start(bench, server, agents);
                bench.say("%d agents rest".formatted(agents.size()));
                Thread.sleep(rest);
                Figure fresh =
                        memory("idle memory of an agent (RSS)", agents, ProcessUse::megabytes)
                                .goal(GOAL);
                // Pages of libraries are there once, however many processes use them
                Figure own =
                        memory(
                                "of it not pages of files (RssAnon)",
                                agents,
                                ProcessUse::ownMegabytes);
                Figure cpu = cpu(agents, time);
                work(bench, server, agents, steps, lines);
                Thread.sleep(rest);
                return List.of(
                        fresh,
                        own,
                        cpu,
                        memory(
                                "idle memory of an agent after %,d steps and %,d MB of log (RSS)"
                                        .formatted(steps, lines / 10_000),
                                agents,
                                ProcessUse::megabytes));
            } finally {
                agents.forEach(AgentProcess::close);
            }
        }
    }

    private static void start(Bench bench, ServerProcess server, List<AgentProcess> agents)
            throws IOException, InterruptedException {
        for (int i = 1; i <= bench.size(3, 1); i++) {
            AgentProcess agent = bench.newAgent(server, "agent-" + i, SLOTS);
            agents.add(agent);
            agent.awaitOnline(server);
        }
    }

    private static Figure memory(
            String what, List<AgentProcess> agents, LongToDoubleFunction megabytes) {
        Samples samples = new Samples();
        agents.forEach(agent -> samples.add(megabytes.applyAsDouble(agent.pid())));
        return Figure.of(what, Unit.MEGABYTES, samples, WORST);
    }

    private static Figure cpu(List<AgentProcess> agents, Duration time)
            throws InterruptedException {
        Samples samples = new Samples();
        ProcessUse.shares(agents.stream().map(AgentProcess::pid).toList(), time)
                .forEach(share -> samples.add(100 * share));
        return Figure.of("idle CPU of an agent, share of a core", Unit.PERCENT, samples, WORST);
    }

    private static void work(
            Bench bench, ServerProcess server, List<AgentProcess> agents, int steps, int lines)
            throws InterruptedException {
        try (Hook hook = new Hook(server.address());
                Finishes finishes = Finishes.follow(server)) {
            for (AgentProcess agent : agents) {
                bench.say("%s works".formatted(agent.name()));
                server.apply(pipeline(agent.name(), steps, lines));
                finishes.await(hook.send(agent.name()).run());
            }
        }
    }

    /// As many steps side by side, one of which prints the lines.
    private static String pipeline(String node, int steps, int lines) {
        List<String> all = new ArrayList<>();
        for (int i = 1; i < steps; i++) {
            all.add(step("step-" + i, node, "true"));
        }
        all.add(step("lines", node, "yes %s | head -%d".formatted(LINE, lines)));
        return Pipelines.pipeline(
                node, List.of("{name: all, parallel: [%s]}".formatted(String.join(", ", all))));
    }

    private static String step(String name, String node, String command) {
        return "{name: %s, needs: {node: %s}, commands: ['%s']}".formatted(name, node, command);
    }
}
