package dev.millwright.itest.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.itest.system.AgentProcess;
import dev.millwright.itest.system.Cluster;
import dev.millwright.itest.system.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Servers and nodes at work, while nothing goes wrong.
abstract class ScenesInOrder {
    private final Stage stage;
    private final Cluster cluster;

    ScenesInOrder(Stage stage) {
        this.stage = stage;
        this.cluster = stage.cluster();
    }

    @Test
    void stepsOfRunsOfEachServerRunOnNodesOfTheOthers() throws IOException {
        cluster.spread();
        assertThat(cluster.agents()).extracting(cluster::serverOf).containsExactly(0, 1, 2);
        stage.applyHolding("spread", cluster.agent(0), cluster.agent(1), cluster.agent(2));
        stage.release();
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            runs.add(stage.begin(cluster.server(i), "spread", "spread-" + i));
        }
        stage.assertAllWell(runs, 3);
    }

    @Test
    void aCancelAtOneServerEndsAStepWhoseNodeIsAtAnother() throws IOException {
        AgentProcess agent = cluster.agent(1);
        stage.applyHolding("cancelled", agent);
        ServerProcess server = cluster.server(cluster.elsewhere(agent));
        String run = stage.begin(server, "cancelled");
        stage.awaitTruth(run + " 0");

        server.cancel(run);

        assertThat(cluster.awaitEnd(run, Duration.ofSeconds(20))).isEqualTo("cancelled");
        stage.release();
        assertThat(stage.truthOf(run)).containsExactly(run + " 0");
        await().atMost(Stage.PATIENCE).until(() -> !Cluster.isRunning(run));
    }

    @Test
    void theLogOfANodeAtOneServerIsFollowedAtAnother() throws IOException {
        AgentProcess agent = cluster.agent(2);
        stage.applyHolding("followed", agent);
        ServerProcess server = cluster.server(cluster.elsewhere(agent));
        String run = stage.begin(server, "followed");
        stage.awaitTruth(run + " 0");

        try (Stream<String> lines = server.follow(run, "0/0")) {
            Iterator<String> line = lines.iterator();
            assertThat(line.next()).isEqualTo("first line");
            // Only now, so the line came before the end of the step
            stage.release();
            assertThat(line.next()).isEqualTo("last line");
            assertThat(line).isExhausted();
        }
    }

    @Test
    void anyServerDrainsResumesAndExplainsANodeOfAnother() throws IOException {
        AgentProcess agent = cluster.agent(0);
        ServerProcess server = cluster.server(cluster.elsewhere(agent));
        stage.release();
        stage.applyHolding("drained", agent);
        Cluster.decide(server, agent, "drain");
        String run = stage.begin(server, "drained");

        try {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> {
                        for (ServerProcess one : cluster.servers()) {
                            assertThat(Cluster.reasons(one, run))
                                    .anyMatch(reason -> reason.matches("a0 .*drain.*"))
                                    .anyMatch(reason -> reason.startsWith("a1 "))
                                    .anyMatch(reason -> reason.startsWith("a2 "));
                        }
                    });
            assertThat(stage.truthOf(run)).isEmpty();
        } finally {
            Cluster.decide(server, agent, "resume");
        }
        stage.assertAllWell(List.of(run), 1);
    }
}
