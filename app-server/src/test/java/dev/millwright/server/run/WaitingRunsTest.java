package dev.millwright.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.placement.Placement.Demand;
import dev.millwright.model.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WaitingRunsTest {
    private static final Demand PROCESS = new Demand("process", List.of());
    private static final Demand CONTAINER = new Demand("container", List.of());

    private final WaitingRuns waiting = new WaitingRuns();

    private RunId add(String pipeline, Demand... demands) {
        return add(pipeline, 0, demands);
    }

    private RunId add(String pipeline, int priority, Demand... demands) {
        RunId run = new RunId(UUID.randomUUID());
        waiting.add(run, pipeline, priority, Set.of(demands));
        return run;
    }

    private List<RunId> served() {
        List<RunId> order = new ArrayList<>();
        Optional<RunId> next = waiting.next(_ -> true, Set.of());
        while (next.isPresent()) {
            order.add(next.get());
            waiting.served(next.get());
            waiting.remove(next.get());
            next = waiting.next(_ -> true, Set.of());
        }
        return order;
    }

    @Test
    void runsOfOnePipelineComeInTheirOrder() {
        RunId first = add("a/x", PROCESS);
        RunId second = add("a/x", PROCESS);
        assertThat(served()).containsExactly(first, second);
    }

    @Test
    void pipelinesTakeTurns() {
        RunId a1 = add("a/big", PROCESS);
        RunId a2 = add("a/big", PROCESS);
        RunId a3 = add("a/big", PROCESS);
        RunId b1 = add("a/small", PROCESS);
        assertThat(served()).containsExactly(a1, b1, a2, a3);
    }

    @Test
    void aHigherPriorityComesFirstAndTurnsCountAmongEquals() {
        RunId low = add("a/low", -5, PROCESS);
        RunId usual1 = add("a/x", PROCESS);
        RunId usual2 = add("a/x", PROCESS);
        RunId other = add("a/y", PROCESS);
        RunId high1 = add("a/high", 10, PROCESS);
        RunId high2 = add("a/high", 10, PROCESS);
        assertThat(served()).containsExactly(high1, high2, usual1, other, usual2, low);
    }

    @Test
    void aHigherPriorityThatFitsNoFreeSlotHoldsUpNobody() {
        var _ = add("a/high", 10, CONTAINER);
        RunId usual = add("a/x", PROCESS);
        assertThat(waiting.next(PROCESS::equals, Set.of())).contains(usual);
    }

    @Test
    void aRunThatWaitsForSomethingElseHoldsUpNobody() {
        RunId container = add("a/x", CONTAINER);
        RunId process = add("a/x", PROCESS);

        assertThat(waiting.next(PROCESS::equals, Set.of())).contains(process);
        assertThat(waiting.next(CONTAINER::equals, Set.of())).contains(container);
        assertThat(waiting.next(_ -> false, Set.of())).isEmpty();
    }

    @Test
    void aRunThatHadItsTurnAndWantsMoreGoesToTheEnd() {
        RunId first = add("a/x", PROCESS);
        RunId second = add("a/x", PROCESS);
        waiting.served(first);
        waiting.add(first, "a/x", 0, Set.of(PROCESS));

        assertThat(waiting.next(_ -> true, Set.of())).contains(second);
        assertThat(waiting.next(_ -> true, Set.of(second))).contains(first);
    }
}
