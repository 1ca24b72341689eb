package dev.millwright.bench.work;

import dev.millwright.bench.measure.BenchException;
import dev.millwright.bench.measure.Figure;
import dev.millwright.bench.measure.Unit;
import dev.millwright.bench.measure.Waiting;
import dev.millwright.bench.server.ProcessUse;
import dev.millwright.bench.server.RecordedGit;
import dev.millwright.bench.server.ServerHome;
import dev.millwright.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a server costs that looks at many repositories every minute, in which nothing happens.
final class PollsBenchmark implements Benchmark {
    private static final int OF_ONE_APPLY = 50;
    private static final Duration PAUSE = Duration.ofMillis(500);

    @Override
    public String name() {
        return "polls";
    }

    @Override
    public List<Figure> run(Bench bench) throws IOException, InterruptedException {
        int all = bench.size(500, 50);
        // A whole interval, so that each poll looks once
        Duration time = Duration.ofSeconds(bench.size(60, 15));
        ServerHome home = bench.newHome();
        Path plugins = Files.createDirectories(home.plugins());
        Files.copy(plugin(), plugins.resolve("git-poll.jar"));
        Files.writeString(
                plugins.resolve("git-poll.yaml"), "schemes: [http]\nhosts: [127.0.0.1]\n");
        List<Figure> figures = new ArrayList<>();
        try (RecordedGit git = RecordedGit.start(bench.folder());
                ServerProcess server = home.start()) {
            for (int polls = all / 2; polls <= all; polls += all / 2) {
                bench.say("%d polls".formatted(polls));
                apply(server, git, polls - all / 2, polls);
                int wanted = polls;
                Waiting.until(
                        "first look of %d polls".formatted(wanted),
                        Duration.ofMinutes(3),
                        PAUSE,
                        () -> haveLooked(server) == wanted);
                Thread.sleep(time);
                long looks = git.looks();
                Figure share = cpu(server, "%d repositories".formatted(polls), time);
                figures.add(polls == all ? share.goal(5) : share);
                figures.add(
                        Figure.of(
                                "%d repositories: looks in %d s".formatted(polls, time.toSeconds()),
                                Unit.COUNT,
                                (double) (git.looks() - looks)));
            }
            bench.say("at it for ten minutes");
            Thread.sleep(Duration.ofSeconds(bench.size(480, 5)));
            figures.add(
                    cpu(server, "%d repositories (ten minutes on)".formatted(all), time).goal(5));
        }
        return figures;
    }

    private static Figure cpu(ServerProcess server, String what, Duration time)
            throws InterruptedException {
        return Figure.of(
                what + " polled each minute: CPU, share of a core",
                Unit.PERCENT,
                100 * ProcessUse.share(server.pid(), time));
    }

    private static long haveLooked(ServerProcess server) {
        return server.client().polls("default", "").items().stream()
                .filter(poll -> poll.lookedAt() != null)
                .count();
    }

    private static void apply(ServerProcess server, RecordedGit git, int from, int to) {
        for (int start = from; start < to; start += OF_ONE_APPLY) {
            server.apply(
                    String.join(
                            "---\n",
                            IntStream.range(start, Math.min(to, start + OF_ONE_APPLY))
                                    .mapToObj(i -> pipeline("polled-" + i, git))
                                    .toList()));
        }
    }

    private static String pipeline(String name, RecordedGit git) {
        return """
        apiVersion: v1alpha
        kind: Pipeline
        metadata: {name: %s, namespace: default}
        spec:
          polls: [{name: git, type: git, every: 1m, with: {repository: "%s"}}]
          steps: [{name: step, commands: ['true']}]
        """
                .formatted(name, git.url(name));
    }

    /// What the build of the plugin has made.
    private static Path plugin() throws IOException {
        Path root =
                Path.of(System.getProperty("millwright.launcher", "millwright")).toAbsolutePath();
        Path target = root.resolveSibling("plugins/git-poll/target");
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                return files.filter(file ->
                                file.getFileName()
                                        .toString()
                                        .matches("git-poll-[0-9][^/]*(?<!-sources)\\.jar"))
                        .findFirst()
                        .orElseThrow(() -> new BenchException("there is no plugin in " + target));
            }
        }
        throw new BenchException("the plugin git-poll is not built: there is no " + target);
    }
}
