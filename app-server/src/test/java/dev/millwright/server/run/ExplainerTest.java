package dev.millwright.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.NodeName;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;
import dev.millwright.server.log.LogStore;
import dev.millwright.server.node.FakeLine;
import dev.millwright.server.node.Fleet;
import dev.millwright.server.node.NodeHello;
import dev.millwright.server.node.NodeLimits;
import dev.millwright.server.node.NodeProfile;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A leaf that waits for a node: what its state says at the moment, and what is explained.
class ExplainerTest {
    private static final NodeName NODE = new NodeName("n1");
    private static final String BEFORE = "Try 1 of 2 ended with failure.";

    @TempDir Path folder;
    private final Fleet fleet = new Fleet();
    private final FakeLine line = new FakeLine();
    private Database database;
    private Explainer explainer;

    @BeforeEach
    void join() {
        database = TestDatabases.embedded(folder);
        explainer =
                new Explainer(fleet, Map::of, LogStore.create(database), NodeLimits.DEFAULT.lost());
        NodeProfile profile =
                new NodeProfile("1", "b", "l", Map.of(), Map.of(), Set.of("process"), 1);
        fleet.join(
                NODE,
                UUID.randomUUID(),
                line,
                new NodeHello(0, profile, List.of(), false, List.of(), Set.of()),
                false,
                Map.of());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static RunView waiting() {
        Plan plan =
                Plan.of(
                        new Plan.Head(
                                "default", "web", "manual", List.of(), Map.of(), Map.of(), null,
                                null, List.of()),
                        new Step.Run(
                                StepPath.ROOT,
                                StepOptions.named("flaky"),
                                "process",
                                Parameters.NONE,
                                List.of()));
        StepState step =
                new StepState(
                        StepPhase.QUEUED,
                        null,
                        2,
                        Instant.EPOCH,
                        null,
                        null,
                        "",
                        BEFORE,
                        null,
                        Map.of(),
                        false);
        RunRecord record =
                new RunRecord(
                        new RunId(UUID.randomUUID()),
                        "default",
                        "web",
                        1,
                        RunPhase.RUNNING,
                        null,
                        "manual",
                        "",
                        null,
                        null,
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        null,
                        1,
                        1,
                        1,
                        0,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        null,
                        null);
        return new RunView(
                record, plan, new RunState(RunPhase.RUNNING, null, List.of(step)), List.of());
    }

    private void assertSaidInBothPlaces(String cause, String message) {
        RunView run = waiting();
        StepState now = explainer.now(run).state().step(0);
        Explanation.StepReason explained = explainer.explain(run).steps().getFirst();

        assertThat(List.of(now.cause(), now.message())).containsExactly(cause, message);
        assertThat(List.of(explained.cause(), explained.message())).containsExactly(cause, message);
    }

    @Test
    void bothSayWhatIsInTheWay() {
        assertSaidInBothPlaces("node", BEFORE + " it has not been heard of for a moment");
        assertThat(explainer.standstill(waiting()))
                .isEqualTo("flaky: " + BEFORE + " it has not been heard of for a moment");
    }

    @Test
    void bothSayNoMoreThanBeforeWhenANodeCouldTakeIt() {
        fleet.ready(NODE, line);

        assertSaidInBothPlaces("", BEFORE);
    }
}
