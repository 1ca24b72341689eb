package dev.millwright.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.model.log.LogPosition;
import dev.millwright.model.plan.StepPath;
import dev.millwright.node.Known;
import dev.millwright.node.Settlement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReconciliationTest {
    private static final RunId RUN = new RunId(UUID.randomUUID());
    private static final LogPosition STORED = new LogPosition(3, 40, 500, 6);
    private final AttemptId id = new AttemptId(UUID.randomUUID());

    private AttemptRecord live(long fence) {
        return new AttemptRecord(
                id,
                RUN,
                0,
                1,
                fence,
                new NodeName("a"),
                AttemptRecord.Phase.LIVE,
                "",
                null,
                null,
                Instant.EPOCH,
                null,
                null,
                0,
                0,
                0,
                0);
    }

    private Known known(long fence, Known.State state) {
        return new Known(id, fence, RUN, StepPath.ROOT, state);
    }

    private static Reconciliation of(
            List<AttemptRecord> live, List<Known> journal, boolean mayHaveForgotten) {
        return Reconciliation.of(live, journal, mayHaveForgotten, _ -> STORED);
    }

    @ParameterizedTest
    @EnumSource(names = {"RUNNING", "ENDED", "LOST"})
    void whatTheNodeHasGoesOnWhereItsLogIsStored(Known.State state) {
        Reconciliation settled = of(List.of(live(7)), List.of(known(7, state)), false);

        assertThat(settled.settlements()).containsEntry(id, new Settlement.Continue(STORED));
        assertThat(settled.goingOn()).extracting(AttemptRecord::id).containsExactly(id);
        assertThat(settled.neverStarted()).isEmpty();
        assertThat(settled.unknown()).isEmpty();
    }

    @Test
    void whatNeverStartedIsForgottenAndStartsAgain() {
        Reconciliation settled =
                of(List.of(live(7)), List.of(known(7, Known.State.NEVER_STARTED)), true);

        assertThat(settled.settlements()).containsEntry(id, new Settlement.Forget());
        assertThat(settled.neverStarted()).extracting(AttemptRecord::id).containsExactly(id);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasGivenUpIsFenced(Known.State state) {
        Reconciliation settled = of(List.of(), List.of(known(7, state)), false);
        assertThat(settled.settlements()).containsEntry(id, new Settlement.Fenced());
    }

    @ParameterizedTest
    @EnumSource
    void anOldFenceIsFencedAndTheNodeNeverHadTheNewOne(Known.State state) {
        Reconciliation settled = of(List.of(live(8)), List.of(known(7, state)), false);

        assertThat(settled.settlements()).containsEntry(id, new Settlement.Fenced());
        assertThat(settled.neverStarted()).extracting(AttemptRecord::id).containsExactly(id);
        assertThat(settled.goingOn()).isEmpty();
    }

    @Test
    void whatTheNodeDoesNotHaveNeverStartedAndIsNeverToBeTaken() {
        Reconciliation settled = of(List.of(live(7)), List.of(), false);

        assertThat(settled.neverStarted()).extracting(AttemptRecord::id).containsExactly(id);
        assertThat(settled.unknown()).containsExactly(id);
        assertThat(settled.lost()).isEmpty();
    }

    @Test
    void whatTheNodeMayHaveForgottenIsLost() {
        Reconciliation settled = of(List.of(live(7)), List.of(), true);

        assertThat(settled.lost()).extracting(AttemptRecord::id).containsExactly(id);
        assertThat(settled.unknown()).containsExactly(id);
        assertThat(settled.neverStarted()).isEmpty();
    }
}
