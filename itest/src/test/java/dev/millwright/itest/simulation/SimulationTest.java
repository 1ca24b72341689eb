package dev.millwright.itest.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `-Dmillwright.seed=N` tells one story again, event by event; `-Dmillwright.long=true` tells
/// 10,000 of them.
class SimulationTest {
    private static final int STORIES = Boolean.getBoolean("millwright.long") ? 10_000 : 500;

    /// More than any rule needs to be missed.
    private static final int ENOUGH = 5_000;

    @Test
    void whateverBreaksEveryRunEndsAndNothingRunsTwice() {
        Long only = Long.getLong("millwright.seed");
        if (only == null) {
            LongStream.range(0, STORIES).forEach(seed -> tell(seed, null));
        } else {
            tell(only, System.out::println);
        }
    }

    private static void tell(long seed, @Nullable Consumer<String> trace) {
        try {
            new Simulation(seed, Weakness.NONE, trace).run();
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(
                    "seed %d: %s (tell it again with -Dmillwright.seed=%d)"
                            .formatted(seed, wrong.getMessage(), seed),
                    wrong);
        }
    }

    @Test
    void aSeedTellsTheSameStoryEachTime() {
        for (long seed = 0; seed < 50; seed++) {
            List<String> first = new ArrayList<>();
            tell(seed, first::add);
            List<String> second = new ArrayList<>();
            tell(seed, second::add);

            assertThat(second).as("seed %d", seed).isEqualTo(first).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void eachRuleIsMissedWhenItIsSwitchedOff(Weakness weakness) {
        long found =
                LongStream.range(0, ENOUGH)
                        .filter(seed -> isNoticed(seed, weakness))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("nobody misses it: " + weakness));

        assertThatCode(() -> tell(found, null)).doesNotThrowAnyException();
    }

    private static boolean isNoticed(long seed, Weakness weakness) {
        try {
            new Simulation(seed, weakness, null).run();
            return false;
        } catch (AssertionError _) {
            return true;
        }
    }
}
