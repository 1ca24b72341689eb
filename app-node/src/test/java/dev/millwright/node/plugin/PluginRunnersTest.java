package dev.millwright.node.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.host.Extensions;
import dev.millwright.host.use.Point;
import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.node.process.ProcessRunner;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Runner;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PluginRunnersTest {
    private final Extensions extensions =
            Extensions.withoutPlugins().add(Point.RUNNER, new ProcessRunner());
    private final PluginRunners runners = new PluginRunners(extensions, _ -> Optional.empty());
    private final Set<AttemptId> live = Set.of(new AttemptId(UUID.randomUUID()));
    private final Late late = new Late();

    /// A runner that comes when the node works already.
    private final class Late implements Runner<Parameters> {
        final List<Set<AttemptId>> sweeps = new ArrayList<>();
        String obstacle = "";
        boolean broken;

        @Override
        public String kind() {
            return "late";
        }

        @Override
        public Class<Parameters> configuration() {
            return Parameters.class;
        }

        @Override
        public Execution start(WorkOrder order, Parameters step) {
            throw new RunnerException("not of interest here");
        }

        @Override
        public Optional<Execution> attach(WorkOrder order, Parameters step) {
            return Optional.empty();
        }

        @Override
        public Optional<String> obstacle() {
            if (broken) {
                throw new IllegalStateException("broken");
            }
            return Optional.of(obstacle).filter(text -> !text.isEmpty());
        }

        @Override
        public void sweep(Set<AttemptId> spared) {
            assertThat(runners.kinds()).doesNotContain("late");
            sweeps.add(spared);
        }
    }

    @Test
    void aStopDoesNotInterruptTheStartOfAProcess() {
        assertThat(runners.find("process").orElseThrow().startsAtOnce()).isTrue();
    }

    @Test
    void nothingIsOfferedBeforeTheFirstSweep() {
        assertThat(runners.kinds()).isEmpty();

        runners.sweep(Set.of());

        assertThat(runners.kinds()).containsExactly("process");
    }

    @Test
    void aRunnerThatComesLaterSweepsOnceBeforeItIsOffered() throws Exception {
        runners.sweep(Set.of());
        extensions.add(Point.RUNNER, late);

        runners.look(() -> live);
        runners.look(() -> live);

        assertThat(late.sweeps).containsExactly(live);
        assertThat(runners.kinds()).containsExactlyInAnyOrder("late", "process");
    }

    @Test
    void aRunnerWithAnObstacleIsFoundForItsOldWorkAndNotOffered() throws Exception {
        extensions.add(Point.RUNNER, late);
        late.obstacle = "no engine is here";
        runners.look(() -> live);

        assertThat(runners.kinds()).containsExactly("process");
        assertThat(runners.missing()).containsExactly(java.util.Map.entry("late", late.obstacle));
        assertThat(runners.find("late")).isPresent();
        assertThat(late.sweeps).isEmpty();

        late.obstacle = "";
        runners.sweep(live);
        assertThat(runners.kinds()).containsExactlyInAnyOrder("late", "process");
        assertThat(runners.missing()).isEmpty();
        assertThat(late.sweeps).containsExactly(live);
    }

    @Test
    void aRunnerThatCannotTellIsNotOffered() throws Exception {
        extensions.add(Point.RUNNER, late);
        late.broken = true;

        runners.look(() -> live);

        assertThat(runners.missing().get("late")).contains("broken");
    }
}
