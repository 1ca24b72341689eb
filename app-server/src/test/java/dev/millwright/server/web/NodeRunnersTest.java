package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.event.EventQuery;
import dev.millwright.api.server.NodeView;
import dev.millwright.model.RunId;
import dev.millwright.node.Assignment;
import dev.millwright.server.node.FakeLine;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A node whose runners come, go, and do not work.
class NodeRunnersTest extends FarNodeFixture {
    @Override
    void prepare() {
        server.pipeline("boxes", "steps: [{name: x, image: box, commands: [make]}]");
    }

    private void say(Set<String> kinds, Map<String, String> missing) {
        server.nodeHost().runners(FAR, kinds, missing);
    }

    private NodeView far() {
        return server.client.nodes().items().stream()
                .filter(node -> node.name().equals("far"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aStepWaitsForARunnerIsToldWhatIsInItsWayAndRunsWhenThatIsGone() {
        FakeLine line = connect();
        say(Set.of("process"), Map.of("container", "no engine is here"));
        RunId run = server.begin("boxes");

        await().until(() ->
                server.step(run, FIRST)
                        .message()
                        .equals(
                                "no node offers runner 'container': node 'far': it cannot use"
                                        + " runner 'container': no engine is here"));
        assertThat(server.client.explain(run).steps().getFirst().nodes())
                .extracting(node -> node.node() + ": " + node.reason())
                .contains("far: it cannot use runner 'container': no engine is here");

        say(Set.of("process", "container"), Map.of());
        Assignment step = taken(line);
        assertThat(step.runner()).isEqualTo("container");
        complete(step);
    }

    @Test
    void whatChangesIsStoredShownAndToldOnce() {
        var _ = connect();

        say(Set.of("process"), Map.of("container", "no engine is here"));
        say(Set.of("process"), Map.of("container", "no engine is here"));

        assertThat(far().runners()).containsExactly("process");
        assertThat(far().missingRunners())
                .containsExactly(Map.entry("container", "no engine is here"));
        assertThat(server.client.events(EventQuery.ALL.ofType("node.runners-changed")).items())
                .hasSize(1);
    }

    @Test
    void aHelloSaysItAll() {
        var _ = connect();
        say(Set.of("process"), Map.of("container", "no engine is here"));

        var _ = connect();

        assertThat(far().missingRunners()).isEmpty();
    }
}
