package dev.millwright.itest.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `-Dmillwright.seed=N` tells one story again, event by event; `-Dmillwright.long=true` tells
/// 10,000 of them.
class SimulationTest {
    private static final int STORIES = Boolean.getBoolean("millwright.long") ? 10_000 : 500;

    @Test
    void whateverBreaksEveryRunEndsAndNothingRunsTwice() {
        Long only = Long.getLong("millwright.seed");
        if (only != null) {
            tell(only, true);
            return;
        }
        LongStream.range(0, STORIES).forEach(seed -> tell(seed, false));
    }

    private static void tell(long seed, boolean traced) {
        try {
            new Simulation(seed, Weakness.NONE, traced).run();
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(
                    "seed %d: %s (tell it again with -Dmillwright.seed=%d)"
                            .formatted(seed, wrong.getMessage(), seed),
                    wrong);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void eachRuleIsMissedWhenItIsSwitchedOff(Weakness weakness) {
        OptionalLong found =
                LongStream.range(0, 5_000).filter(seed -> isNoticed(seed, weakness)).findFirst();

        assertThat(found).as("a seed that needs the rule against %s", weakness).isPresent();
    }

    private static boolean isNoticed(long seed, Weakness weakness) {
        try {
            new Simulation(seed, weakness, false).run();
            return false;
        } catch (AssertionError _) {
            return true;
        }
    }
}
