package dev.millwright.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.engine.placement.Need;
import dev.millwright.engine.placement.Placement;
import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import dev.millwright.node.Assignment;
import dev.millwright.node.GivenUpException;
import dev.millwright.node.MissingRunnerException;
import dev.millwright.node.NodeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final NodeName A = new NodeName("a");
    private static final NodeName B = new NodeName("b");
    private static final Placement.Demand ANY = new Placement.Demand("process", List.of());

    private static final Placement.Demand CONTAINER = new Placement.Demand("container", List.of());

    private final Fleet fleet = new Fleet();
    private final FakeLine lineOfA = new FakeLine();
    private final FakeLine lineOfB = new FakeLine();

    private static AttemptId attempt() {
        return new AttemptId(UUID.randomUUID());
    }

    private static Assignment assignment(AttemptId attempt, RunId run) {
        return Assignment.builder(attempt, 1, run, StepPath.ROOT, "process", Parameters.NONE)
                .build();
    }

    private static NodeHello hello(int slots, Map<String, String> labels, Set<String> held) {
        return new NodeHello(
                0,
                new NodeProfile(
                        "1", "b", "l", labels, Map.of(), Set.of("container", "process"), slots),
                List.of(),
                false,
                List.of(),
                held);
    }

    private void join(NodeName name, NodeLine line, NodeHello hello) {
        fleet.join(name, UUID.randomUUID(), line, hello, false, Map.of());
        fleet.ready(name, line);
    }

    @Test
    void workSpreadsOverTheNodes() {
        join(A, lineOfA, hello(2, Map.of(), Set.of()));
        join(B, lineOfB, hello(2, Map.of(), Set.of()));

        List<Offer> offers =
                List.of(
                        fleet.offer(ANY, null, attempt()),
                        fleet.offer(ANY, null, attempt()),
                        fleet.offer(ANY, null, attempt()),
                        fleet.offer(ANY, null, attempt()));

        assertThat(offers.subList(0, 2))
                .extracting(offer -> ((Offer.Taken) offer).node())
                .containsExactlyInAnyOrder(A, B);
        assertThat(offers.subList(2, 4))
                .extracting(offer -> ((Offer.Taken) offer).node())
                .containsExactlyInAnyOrder(A, B);
        assertThat(fleet.offer(ANY, null, attempt())).isInstanceOf(Offer.Busy.class);
    }

    @Test
    void aNodeThatHoldsTheRepositoryComesFirst() {
        join(A, lineOfA, hello(5, Map.of(), Set.of()));
        join(B, lineOfB, hello(5, Map.of(), Set.of("https://forge/x")));
        for (int i = 0; i < 3; i++) {
            assertThat(((Offer.Taken) fleet.offer(ANY, "https://forge/x", attempt())).node())
                    .isEqualTo(B);
        }
    }

    @Test
    void aLeafGoesWhereItsLabelsAre() {
        join(A, lineOfA, hello(1, Map.of("zone", "east"), Set.of()));
        join(B, lineOfB, hello(1, Map.of("zone", "west"), Set.of()));
        Placement.Demand west = new Placement.Demand("process", Need.all(Map.of("zone", "west")));

        assertThat(((Offer.Taken) fleet.offer(west, null, attempt())).node()).isEqualTo(B);
        assertThat(fleet.offer(west, null, attempt())).isInstanceOf(Offer.Busy.class);
        assertThat(fleet.hasSlotFor(west)).isFalse();
        assertThat(fleet.hasSlotFor(ANY)).isTrue();
    }

    @Test
    void noNodeAtAllIsToldApartFromABusyOne() {
        join(A, lineOfA, hello(1, Map.of(), Set.of()));
        Placement.Demand gpu = new Placement.Demand("process", Need.all(Map.of("gpu", "yes")));
        assertThat(fleet.offer(gpu, null, attempt())).isInstanceOf(Offer.Unfit.class);
    }

    /// Its end may wait long for its turn, while somebody looks for attempts that got lost.
    @Test
    void anAttemptCountsAsHandedOverUntilItsEndIsStored() {
        join(A, lineOfA, hello(1, Map.of(), Set.of()));
        AttemptId attempt = attempt();
        var _ = fleet.offer(ANY, null, attempt);
        fleet.start(A, assignment(attempt, new RunId(UUID.randomUUID())));

        fleet.release(attempt);

        assertThat(fleet.hasSlotFor(ANY)).isTrue();
        assertThat(fleet.giveUp(A, attempt)).isFalse();
        fleet.forget(A, attempt);
        assertThat(fleet.has(A, attempt, 1)).isFalse();
    }

    @Test
    void nothingIsHandedOverBeforeTheNodeIsReady() {
        fleet.join(A, UUID.randomUUID(), lineOfA, hello(1, Map.of(), Set.of()), false, Map.of());

        assertThat(fleet.offer(ANY, null, attempt())).isInstanceOf(Offer.Busy.class);
        assertThatThrownBy(
                        () -> fleet.start(A, assignment(attempt(), new RunId(UUID.randomUUID()))))
                .isInstanceOf(NodeException.class);
        assertThat(lineOfA.started).isEmpty();
    }

    @Test
    void anAttemptThatWasGivenUpIsNeverHandedOver() {
        join(A, lineOfA, hello(1, Map.of(), Set.of()));
        AttemptId attempt = attempt();

        assertThat(fleet.giveUp(A, attempt)).isTrue();
        assertThatThrownBy(() -> fleet.start(A, assignment(attempt, new RunId(UUID.randomUUID()))))
                .isInstanceOf(NodeException.class);
        assertThat(lineOfA.started).isEmpty();
    }

    @Test
    void anAttemptThatWasHandedOverIsNotGivenUp() {
        join(A, lineOfA, hello(1, Map.of(), Set.of()));
        AttemptId attempt = attempt();
        fleet.offer(ANY, null, attempt);
        fleet.start(A, assignment(attempt, new RunId(UUID.randomUUID())));

        assertThat(fleet.giveUp(A, attempt)).isFalse();
        assertThat(fleet.has(A, attempt, 1)).isTrue();
        assertThat(fleet.has(A, attempt, 2)).isFalse();
        assertThat(fleet.has(B, attempt, 1)).isFalse();
    }

    @Test
    void aSlotComesBackOnce() {
        join(A, lineOfA, hello(1, Map.of(), Set.of()));
        AttemptId first = attempt();
        fleet.offer(ANY, null, first);
        fleet.release(first);
        fleet.release(first);

        assertThat(fleet.offer(ANY, null, attempt())).isInstanceOf(Offer.Taken.class);
        assertThat(fleet.offer(ANY, null, attempt())).isInstanceOf(Offer.Busy.class);
    }

    @Test
    void aSecondLineTakesThePlaceOfTheFirst() {
        join(A, lineOfA, hello(1, Map.of(), Set.of()));
        fleet.replace(A);
        join(A, lineOfB, hello(1, Map.of(), Set.of()));

        assertThat(lineOfA.dismissed).containsExactly(NodeLine.Dismissal.REPLACED);
        assertThat(fleet.leave(A, lineOfA)).isEmpty();
        assertThat(fleet.find(A)).isPresent();
        assertThat(fleet.leave(A, lineOfB)).isPresent();
        assertThat(fleet.find(A)).isEmpty();
    }

    @Test
    void aNodeThatRefusesGetsNothingUntilItSaysOtherwise() {
        join(A, lineOfA, hello(1, Map.of(), Set.of()));
        fleet.refuse(A, new NodeHost.Refusal("its disk is full", ""));

        assertThat(fleet.offer(ANY, null, attempt()))
                .isEqualTo(new Offer.Busy("node 'a': it takes nothing new: its disk is full"));
        assertThat(fleet.heard(A, lineOfA, "", Set.of())).isTrue();
        assertThat(fleet.heard(A, lineOfA, "", Set.of())).isFalse();
        assertThat(fleet.offer(ANY, null, attempt())).isInstanceOf(Offer.Taken.class);
    }

    @Test
    void whatCouldNotBeHandedOverIsNotTakenForGivenAndTheNodeIsLeftAloneUntilItSaysOtherwise() {
        join(A, lineOfA, hello(2, Map.of(), Set.of()));
        AttemptId attempt = attempt();
        var _ = fleet.offer(ANY, null, attempt);
        lineOfA.broken = "its disk is full";

        assertThatThrownBy(() -> fleet.start(A, assignment(attempt, new RunId(UUID.randomUUID()))))
                .isInstanceOf(NodeException.class);

        assertThat(fleet.has(A, attempt, 1)).isFalse();
        assertThat(fleet.giveUp(A, attempt)).isTrue();
        assertThat(fleet.offer(ANY, null, attempt()))
                .isEqualTo(new Offer.Busy("node 'a': it takes nothing new: its disk is full"));
        assertThat(fleet.heard(A, lineOfA, "", Set.of())).isTrue();
        assertThat(fleet.offer(ANY, null, attempt())).isInstanceOf(Offer.Taken.class);
    }

    @Test
    void aNodeThatLacksOneRunnerGetsOthersAndThatOneAgainOnceItIsHeard() {
        join(A, lineOfA, hello(2, Map.of(), Set.of()));
        AttemptId attempt = attempt();
        lineOfA.refusedOnce = new MissingRunnerException("this node has no runner 'process'");

        assertThatThrownBy(() -> fleet.start(A, assignment(attempt, new RunId(UUID.randomUUID()))))
                .isInstanceOf(MissingRunnerException.class);

        assertThat(fleet.has(A, attempt, 1)).isFalse();
        assertThat(fleet.find(A).orElseThrow().refusal()).isEmpty();
        assertThat(fleet.hasSlotFor(CONTAINER)).isTrue();
        assertThat(fleet.hasSlotFor(ANY)).isFalse();
        assertThat(fleet.heard(A, lineOfA, "", Set.of())).isTrue();
        assertThat(fleet.hasSlotFor(ANY)).isTrue();
    }

    @Test
    void aNodeThatSaysThatItLacksOneRunnerIsKeptFromStepsForThatOneOnly() {
        join(A, lineOfA, hello(2, Map.of(), Set.of()));

        fleet.refuse(A, new NodeHost.Refusal("this node has no runner 'process'", "process"));

        assertThat(fleet.find(A).orElseThrow().refusal()).isEmpty();
        assertThat(fleet.hasSlotFor(CONTAINER)).isTrue();
        assertThat(fleet.hasSlotFor(ANY)).isFalse();
        assertThat(fleet.heard(A, lineOfA, "", Set.of())).isTrue();
        assertThat(fleet.hasSlotFor(ANY)).isTrue();
    }

    @Test
    void aNodeThatWasToldThatItNeverGetsAnAttemptGetsTheNextOne() {
        join(A, lineOfA, hello(1, Map.of(), Set.of()));
        AttemptId attempt = attempt();
        lineOfA.refusedOnce = new GivenUpException(attempt);

        assertThatThrownBy(() -> fleet.start(A, assignment(attempt, new RunId(UUID.randomUUID()))))
                .isInstanceOf(GivenUpException.class);

        assertThat(fleet.has(A, attempt, 1)).isFalse();
        assertThat(fleet.hasSlotFor(ANY)).isTrue();
    }

    @Test
    void aNodeThatIsSuspectGetsNothingUntilItIsHeardAgain() {
        join(A, lineOfA, hello(1, Map.of(), Set.of()));
        FleetNode node = fleet.find(A).orElseThrow();

        assertThat(node.follow(false, true, System.nanoTime())).isFalse();
        assertThat(fleet.offer(ANY, null, attempt()))
                .isEqualTo(new Offer.Busy("node 'a': it has not been heard of for a moment"));
        assertThat(node.follow(false, false, System.nanoTime())).isTrue();
        assertThat(fleet.offer(ANY, null, attempt())).isInstanceOf(Offer.Taken.class);
    }

    @Test
    void aStopIsRepeatedWithEachHeartbeatUntilTheAttemptHasEnded() {
        join(A, lineOfA, hello(1, Map.of(), Set.of()));
        AttemptId attempt = attempt();
        fleet.offer(ANY, null, attempt);
        fleet.start(A, assignment(attempt, new RunId(UUID.randomUUID())));

        fleet.stop(A, attempt, Action.Reason.CANCEL, Duration.ofSeconds(1));

        assertThat(fleet.beat(A).stops())
                .extracting(NodeHost.StopOrder::attempt)
                .containsExactly(attempt);
        fleet.release(attempt);
        assertThat(fleet.beat(A).stops()).isEmpty();
    }

    @Test
    void onlyNodesThatHadStepsOfARunHearThatItIsOver() {
        join(A, lineOfA, hello(1, Map.of(), Set.of()));
        join(B, lineOfB, hello(1, Map.of(), Set.of()));
        RunId run = new RunId(UUID.randomUUID());
        AttemptId attempt = attempt();
        NodeName taken = ((Offer.Taken) fleet.offer(ANY, null, attempt)).node();
        fleet.start(taken, assignment(attempt, run));

        fleet.forgetRun(run);

        assertThat(lineOfA.forgotten.size() + lineOfB.forgotten.size()).isEqualTo(1);
    }

    /// The nodes are read each second; what was read before the decision says nothing about it.
    @Test
    void aDecisionIsNotTakenBackByWhatWasReadBefore() {
        join(A, lineOfA, hello(1, Map.of(), Set.of()));
        FleetNode node = fleet.find(A).orElseThrow();
        long before = System.nanoTime();
        node.drain(true);

        assertThat(node.follow(false, false, before)).isFalse();
        assertThat(node.isDraining()).isTrue();
        assertThat(node.follow(false, false, System.nanoTime())).isTrue();
        assertThat(node.isDraining()).isFalse();
    }
}
