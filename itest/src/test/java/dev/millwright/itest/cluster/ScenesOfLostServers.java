package dev.millwright.itest.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.itest.system.AgentProcess;
import dev.millwright.itest.system.Cluster;
import dev.millwright.itest.system.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Servers that are killed, stand still, or are all away.
abstract class ScenesOfLostServers {
    private static final boolean LONG = Boolean.getBoolean("millwright.long");

    private final Stage stage;
    private final Cluster cluster;

    ScenesOfLostServers(Stage stage) {
        this.stage = stage;
        this.cluster = stage.cluster();
    }

    @Test
    @Tag("R29")
    void aNodeGoesOnThoughTheServersItIsAtAreKilledOneAfterAnother() throws IOException {
        AgentProcess agent = cluster.agent(1);
        int first = cluster.serverOf(agent);
        stage.applyHolding("killed", agent, cluster.agent(2));
        // Started by the server that dies, which drives it, and whose node carries it out
        String run = stage.begin(cluster.server(first), "killed");
        stage.awaitTruth(run + " 0");

        cluster.server(first).kill();
        double back = secondsUntilElsewhere(agent, first);
        int second = cluster.serverOf(agent);
        cluster.server(second).kill();
        long death = System.nanoTime();
        stage.release();

        double again = secondsUntilElsewhere(agent, second);
        stage.awaitTruth(run + " 1");
        System.out.printf(
                "two servers were killed: their node was at another after %.1f s and %.1f s, its run went on after %.1f s%n",
                back, again, (System.nanoTime() - death) / 1e9);
        stage.assertAllWell(List.of(run), 2);
    }

    private double secondsUntilElsewhere(AgentProcess agent, int server) {
        long begin = System.nanoTime();
        await().atMost(Stage.PATIENCE).until(() -> cluster.serverOf(agent) != server);
        return (System.nanoTime() - begin) / 1e9;
    }

    @Test
    @Tag("R28")
    void aNodeWhoseServerStandsStillGoesOnAtAnother() throws IOException {
        AgentProcess agent = cluster.agent(2);
        int stands = cluster.serverOf(agent);
        ServerProcess sleeper = cluster.server(stands);
        stage.applyHolding("stands", agent, agent);
        String run = stage.begin(sleeper, "stands");
        stage.awaitTruth(run + " 0");

        cluster.freeze(stands);
        // What the node says of it is in the sleeper's hands, who takes it when it wakes
        stage.release();
        stage.awaitTruth(run + " 0 end");
        var _ = secondsUntilElsewhere(agent, stands);
        assertThat(stage.awaitEnd(run)).isEqualTo("success");
        await().atMost(Stage.PATIENCE).until(() -> cluster.isLost("local-" + stands));
        cluster.thaw(stands);

        await().atMost(Stage.PATIENCE)
                .ignoreExceptions()
                .until(() -> !cluster.isLost("local-" + stands) && isReady(sleeper));
        await().during(Cluster.UNREACHABLE)
                .atMost(Stage.PATIENCE)
                .until(
                        () -> sleeper.node(agent.name()).at("/state").asString(""),
                        "online"::equals);
        assertThat(cluster.serverOf(agent)).isNotEqualTo(stands);
        assertThat(sleeper.status(run)).isEqualTo("success");
        stage.assertAllWell(List.of(run), 2);
        // The sleeper can still give work to the node
        stage.assertAllWell(List.of(stage.begin(sleeper, "stands", "stands-after")), 2);
    }

    private static boolean isReady(ServerProcess server) throws IOException {
        return server.get("/readyz").at("/ready").asBoolean();
    }

    @Test
    @Tag("R28")
    void whatAServerWritesThatStoodStillChangesNothing() throws Exception {
        AgentProcess agent = cluster.agent(0);
        int stands = cluster.elsewhere(agent);
        stage.applyHolding("frozen", agent, agent);
        ServerProcess sleeper = cluster.server(stands);
        String run = stage.begin(sleeper, "frozen");
        stage.awaitTruth(run + " 0");

        cluster.freeze(stands);
        // It takes this in hand when it wakes, with what it remembers of the run
        Thread late =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                sleeper.cancel(run);
                            } catch (IOException tooLate) {
                                // It need not be answered
                            }
                        });
        stage.release();
        assertThat(stage.awaitEnd(run)).isEqualTo("success");
        await().atMost(Stage.PATIENCE).until(() -> cluster.isLost("local-" + stands));
        if (LONG) {
            var _ = late.join(Duration.ofSeconds(60));
        }
        cluster.thaw(stands);

        var _ = late.join(Duration.ofSeconds(20));
        await().atMost(Stage.PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(sleeper.status(run)).isEqualTo("success"));
        stage.assertAllWell(List.of(run), 2);
        await().atMost(Stage.PATIENCE).until(() -> !cluster.isLost("local-" + stands));
        assertThat(stage.awaitEnd(stage.begin(sleeper, "frozen", "after"))).isEqualTo("success");
    }

    @Test
    @Tag("R31")
    void stepsEndWhileNoServerIsThere() throws IOException {
        List<String> runs = stage.holdEverywhere("away");

        cluster.servers().forEach(ServerProcess::kill);
        stage.release();
        stage.awaitTrueEnds(runs);
        if (LONG) {
            await().pollDelay(Duration.ofMinutes(5))
                    .atMost(Duration.ofMinutes(6))
                    .until(() -> true);
        }
        long up = System.nanoTime();
        cluster.heal();
        stage.assertAllWell(runs, 1);
        System.out.printf(
                "all servers were away while %d steps ended: all told %.1f s after their start"
                        + " began%n",
                runs.size(), (System.nanoTime() - up) / 1e9);
    }
}
