package dev.millwright.itest.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.itest.system.AgentProcess;
import dev.millwright.itest.system.Cluster;
import dev.millwright.itest.system.ServerProcess;
import dev.millwright.itest.system.Truth;
import dev.millwright.server.store.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/// Three servers on a PostgreSQL of their own and three agents, and what the scenes that are played
/// on it have in common: runs whose steps hold until [#release]. Used by one thread.
final class Stage implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SIZE = 3;

    private final Path folder;
    private final PostgresServer postgres;
    private final Cluster cluster;
    private final Truth truth;
    private int scenes;
    private Path go = Path.of("");

    private Stage(Path folder, PostgresServer postgres) throws IOException {
        this.folder = folder;
        this.postgres = postgres;
        this.truth = Truth.in(folder);
        this.cluster = Cluster.start(folder, postgres, SIZE, SIZE, 2);
    }

    static Stage open(Path folder) throws IOException {
        return new Stage(folder, PostgresServer.create());
    }

    PostgresServer postgres() {
        return postgres;
    }

    Cluster cluster() {
        return cluster;
    }

    /// Begin a scene: start again whatever has died.
    void nextScene() throws IOException {
        cluster.heal();
        go = folder.resolve("go-" + ++scenes);
    }

    /// Hand in a delivery and give its run, once that is known.
    String begin(ServerProcess server, String pipeline) {
        return begin(server, pipeline, pipeline + "-" + go.getFileName());
    }

    String begin(ServerProcess server, String pipeline, String delivery) {
        return await("a run of " + pipeline)
                .atMost(PATIENCE)
                .until(() -> server.deliver(pipeline, delivery), run -> !run.isEmpty());
    }

    /// A pipeline whose steps, one after the other, run on these nodes, print a line, wait for the
    /// word to go, and print another.
    void applyHolding(String name, AgentProcess... nodes) throws IOException {
        cluster.anyServer()
                .apply(truth.holding(name, go, Stream.of(nodes).map(AgentProcess::name).toList()));
    }

    /// A run on each agent, started at each of the servers in turn, whose step runs.
    List<String> holdEverywhere(String name) throws IOException {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            applyHolding(name + i, cluster.agent(i));
            runs.add(begin(cluster.server(i), name + i));
        }
        runs.forEach(run -> awaitTruth(run + " 0"));
        return runs;
    }

    /// Let the steps of this scene go on to their ends.
    void release() throws IOException {
        Files.createFile(go);
    }

    /// @param line begins with the id of the run
    void awaitTruth(String line) {
        try {
            await("'%s' in the truth".formatted(line))
                    .atMost(PATIENCE)
                    .until(() -> truth.lines().contains(line));
        } catch (ConditionTimeoutException missing) {
            String run = line.substring(0, line.indexOf(' '));
            throw new AssertionError(missing.getMessage() + " | " + describe(run), missing);
        }
    }

    /// What the servers know of a run and of each other, for whoever asks why it does not go on.
    private String describe(String run) {
        return Stream.of(
                        "/api/v1/runs/" + run,
                        "/api/v1/runs/" + run + "/explain",
                        "/api/v1/nodes",
                        "/api/v1/servers",
                        "/api/v1/queue")
                .map(path -> path + ": " + told(path))
                .collect(Collectors.joining(" | "));
    }

    private String told(String path) {
        try {
            return cluster.anyServer().get(path).toString();
        } catch (IOException away) {
            return away.toString();
        }
    }

    /// Wait until the first step of each run has ended, whether or not anybody knows it.
    void awaitTrueEnds(List<String> runs) {
        runs.forEach(run -> awaitTruth(run + " 0 end"));
    }

    List<String> truthOf(String run) {
        return truth.lines().stream().filter(line -> line.startsWith(run)).toList();
    }

    /// The status word of a run once it has ended.
    String awaitEnd(String run) {
        return cluster.awaitEnd(run, PATIENCE);
    }

    /// Wait for the ends of runs of so many steps, which ran once each and whose logs are complete.
    void assertAllWell(List<String> runs, int steps) throws IOException {
        for (String run : runs) {
            assertThat(awaitEnd(run)).isEqualTo("success");
            assertThat(truthOf(run)).containsExactlyElementsOf(Truth.held(run, steps));
            for (int i = 0; i < steps; i++) {
                assertThat(cluster.anyServer().log(run, "0/" + i)).isEqualTo(Truth.HELD_LOG);
            }
        }
    }

    @Override
    public void close() {
        cluster.close();
        postgres.close();
    }
}
