package dev.millwright.engine.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Ten thousand random plans; a failure names the seed that repeats it.
final class RandomPlansTest {
    private static final int CALM = 4_000;
    private static final int STORMY = 6_000;

    @Test
    void calmRunsEndAsAPlainRecursionForetells() {
        LongStream.range(0, CALM)
                .forEach(seed -> {
                    RandomWalk walk = new RandomWalk(seed, true);
                    walk.toTheEnd();
                    assertThat(ends(walk))
                            .as("seed %d", seed)
                            .isEqualTo(Oracle.foretell(walk.plan().root(), walk::scripted));
                });
    }

    @Test
    void runsWithCancelsTimeoutsLossAndFailFastGoAsTheSlowEngineSays() {
        long steps = 0;
        long events = 0;
        for (long seed = CALM; seed < CALM + STORMY; seed++) {
            RandomWalk walk = new RandomWalk(seed, false);
            walk.toTheEnd();
            steps += walk.plan().size();
            events += walk.events();
        }
        assertThat(steps).isGreaterThan(STORMY * 10L);
        assertThat(events).isGreaterThan(STORMY * 10L);
    }

    private static Map<StepPath, Outcome> ends(RandomWalk walk) {
        Map<StepPath, Outcome> ends = new HashMap<>();
        for (int i = 0; i < walk.plan().size(); i++) {
            Outcome outcome = walk.state().step(i).outcome().orElseThrow();
            ends.put(walk.plan().step(i).path(), outcome);
        }
        return ends;
    }
}
