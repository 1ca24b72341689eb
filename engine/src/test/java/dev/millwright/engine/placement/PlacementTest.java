package dev.millwright.engine.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.placement.NodeOffer.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlacementTest {
    private static NodeOffer node(String name, int slots, int busy) {
        return new NodeOffer(
                name,
                Standing.ONLINE,
                Map.of("os", "linux", "memory", "8Gi"),
                Set.of("process"),
                slots,
                busy,
                false);
    }

    private static NodeOffer standing(NodeOffer node, Standing standing) {
        return new NodeOffer(
                node.name(),
                standing,
                node.properties(),
                node.runners(),
                node.slots(),
                node.busy(),
                node.warm());
    }

    private static NodeOffer warm(NodeOffer node) {
        return new NodeOffer(
                node.name(),
                node.standing(),
                node.properties(),
                node.runners(),
                node.slots(),
                node.busy(),
                true);
    }

    private static Placement.Demand process(String... needs) {
        return new Placement.Demand("process", Stream.of(needs).map(Need::parse).toList());
    }

    private static Placement.Choice choose(Placement.Demand demand, NodeOffer... nodes) {
        return Placement.choose(demand, List.of(nodes), Strategies.USUAL, 0);
    }

    @Test
    void aNodeWhoseRunnerDoesNotWorkIsNotChosenAndSaysWhy() {
        NodeOffer obstructed =
                new NodeOffer(
                        "a",
                        Standing.ONLINE,
                        Map.of(),
                        Set.of("process"),
                        4,
                        0,
                        false,
                        "",
                        Map.of("container", "no engine is here"));
        Placement.Demand container = new Placement.Demand("container", List.of());

        assertThat(choose(container, obstructed, node("b", 1, 0)))
                .isEqualTo(
                        new Placement.Nowhere(
                                "no node offers runner 'container': node 'a': it cannot use runner"
                                        + " 'container': no engine is here"));
        assertThat(Placement.reasons(container, List.of(obstructed, node("b", 1, 0))))
                .extracting(Placement.Reason::message)
                .containsExactly(
                        "it cannot use runner 'container': no engine is here",
                        "it does not offer runner 'container'");
        assertThat(choose(process(), obstructed)).isEqualTo(new Placement.Chosen("a"));
    }

    @Test
    void theLeastLoadedTakesIt() {
        assertThat(choose(process(), node("a", 4, 3), node("b", 8, 4), node("c", 2, 2)))
                .isEqualTo(new Placement.Chosen("b"));
    }

    @Test
    void whoHoldsTheRepositoryComesFirst() {
        assertThat(choose(process(), node("a", 4, 0), warm(node("b", 4, 3))))
                .isEqualTo(new Placement.Chosen("b"));
        assertThat(choose(process(), node("a", 4, 0), warm(node("b", 4, 4))))
                .as("but not when it is full")
                .isEqualTo(new Placement.Chosen("a"));
    }

    @Test
    void equalsGoInTurnWhateverTheirOrder() {
        List<String> chosen = new ArrayList<>();
        for (int turn = 0; turn < 6; turn++) {
            List<NodeOffer> nodes = List.of(node("b", 4, 0), node("c", 4, 0), node("a", 4, 0));
            chosen.add(Placement.choose(process(), nodes, Strategies.USUAL, turn).toString());
        }

        assertThat(chosen)
                .containsExactly(
                        "Chosen[node=a]",
                        "Chosen[node=b]",
                        "Chosen[node=c]",
                        "Chosen[node=a]",
                        "Chosen[node=b]",
                        "Chosen[node=c]");
    }

    @Test
    void fullNodesAreWaitedFor() {
        assertThat(choose(process(), node("a", 2, 2), node("b", 1, 1)))
                .isEqualTo(
                        new Placement.Busy(
                                "node 'a': all 2 slots are busy; node 'b': its only slot is busy"));
    }

    @Test
    void aRunnerThatNobodyHasIsNamed() {
        assertThat(choose(new Placement.Demand("container", List.of()), node("a", 1, 0)))
                .isEqualTo(new Placement.Nowhere("no node offers runner 'container'"));
        assertThat(choose(process()))
                .isEqualTo(new Placement.Nowhere("no node offers runner 'process'"));
    }

    @Test
    void eachNodeSaysWhichConditionFails() {
        assertThat(choose(process("os=linux", "memory >= 16Gi"), node("a", 1, 0)))
                .isEqualTo(
                        new Placement.Nowhere(
                                "no node fits: node 'a': the step needs memory >= 16Gi, and it has"
                                        + " 8Gi"));
        List<Placement.Reason> reasons =
                Placement.reasons(
                        process("os=linux"),
                        List.of(
                                node("a", 1, 0),
                                node("b", 1, 1),
                                standing(node("c", 1, 0), Standing.DRAINING)));
        assertThat(reasons)
                .extracting(Placement.Reason::message)
                .containsExactly(
                        "it can take the step",
                        "its only slot is busy",
                        "it is draining and takes nothing new until 'millwright node resume NAME'");
    }

    @Test
    void aNodeSaysAllConditionsThatFail() {
        assertThat(choose(process("gpu=tpu", "os=linux", "memory >= 900Gi"), node("b", 2, 0)))
                .isEqualTo(
                        new Placement.Nowhere(
                                "no node fits: node 'b': the step needs gpu=tpu, and it has none;"
                                        + " it needs memory >= 900Gi, and it has 8Gi"));
    }

    @ParameterizedTest
    @EnumSource(value = Standing.class, names = "ONLINE", mode = EnumSource.Mode.EXCLUDE)
    void aNodeThatIsAwayIsWaitedForAndGetsNothing(Standing standing) {
        NodeOffer away = standing(node("a", 4, 0), standing);

        assertThat(choose(process(), away)).isInstanceOf(Placement.Busy.class);
        assertThat(choose(process(), away, node("b", 1, 0))).isEqualTo(new Placement.Chosen("b"));
    }

    @Test
    void ofManyReasonsAFewAreTold() {
        NodeOffer[] nodes =
                Stream.of("a", "b", "c", "d", "e")
                        .map(name -> node(name, 1, 1))
                        .toArray(NodeOffer[]::new);

        assertThat(((Placement.Busy) choose(process(), nodes)).message())
                .isEqualTo("nodes 'a', 'b' and 'c': its only slot is busy; and 2 more");
    }

    @Test
    void whatSeveralNodesSayIsSaidOnce() {
        List<NodeOffer> nodes =
                List.of(
                        standing(node("a", 1, 0), Standing.DRAINING),
                        node("b", 1, 1),
                        standing(node("c", 1, 0), Standing.DRAINING));

        assertThat(Placement.waiting(process(), nodes))
                .isEqualTo(
                        new Placement.Wait(
                                true,
                                "nodes 'a' and 'c': it is draining and takes nothing new until 'millwright node resume NAME'; node 'b':"
                                        + " its only slot is busy"));
    }

    @Test
    void aStepWaitsForNoSlotWhereNoNodeTakesAnything() {
        NodeOffer drained = standing(node("a", 1, 0), Standing.DRAINING);

        assertThat(Placement.waiting(process(), List.of(drained)))
                .isEqualTo(
                        new Placement.Wait(
                                false,
                                "it is draining and takes nothing new until 'millwright node resume NAME'"));
        assertThat(Placement.waiting(process(), List.of(drained, node("b", 2, 2))))
                .isEqualTo(
                        new Placement.Wait(
                                true,
                                "node 'a': it is draining and takes nothing new until 'millwright node resume NAME'; node 'b': all 2"
                                        + " slots are busy"));
    }
}
