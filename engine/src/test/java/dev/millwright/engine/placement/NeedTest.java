package dev.millwright.engine.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.MillwrightException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    os=linux          | linux      | true
                    os=linux          | Linux      | false
                    os != windows     | linux      | true
                    os != windows     | windows    | false
                    docker            | true       | true
                    docker            | false      | false
                    memory >= 16Gi    | 17179869184| true
                    memory >= 16Gi    | 16Gi       | true
                    memory >= 16Gi    | 16G        | false
                    memory >= 16Gi    | 15.9Gi     | false
                    memory < 1.5G     | 1400M      | true
                    memory <= 2k      | 2000       | true
                    cpus > 4          | 4          | false
                    cpus > 4          | 8          | true
                    cpus = 8          | 8.0        | true
                    jdk >= 21.0.3     | 21.0.10    | true
                    jdk >= 21.0.3     | 21.0.2-ea  | false
                    jdk >= 21         | v25        | true
                    kernel >= 6.1     | 6.1.0-28   | true
                    jdk >= 21         | none       | false
                    """)
    void comparesSizesAndVersionsBySize(String need, String offered, boolean fits) {
        Need parsed = Need.parse(need);

        assertThat(parsed.missing(Map.of(parsed.property(), offered)).isEmpty()).isEqualTo(fits);
    }

    @Test
    void whatIsMissingIsTold() {
        assertThat(Need.parse("memory >= 16Gi").missing(Map.of("memory", "8Gi")))
                .contains("needs memory >= 16Gi, and it has 8Gi");
        assertThat(Need.of("os", "linux").missing(Map.of()))
                .contains("needs os=linux, and it has none");
        assertThat(Need.parse("zone != lab").missing(Map.of())).isEmpty();
    }

    @Test
    void mapAndListFormsMeanTheSame() {
        assertThat(Need.of("memory", ">= 16Gi")).isEqualTo(Need.parse("memory>=16Gi"));
        assertThat(Need.of("os", "linux")).isEqualTo(Need.parse("os = linux"));
        assertThat(Need.all(Map.of("b", "1", "a", "> 2")))
                .containsExactly(Need.parse("a > 2"), Need.parse("b=1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "= x", "a b", "memory >=", ">= 4"})
    void refusesWhatIsNoNeed(String text) {
        assertThatThrownBy(() -> Need.parse(text))
                .isInstanceOf(MillwrightException.class)
                .hasMessageContaining("is no need");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=> 4", ">> 4", "= ", "<", "!"})
    void refusesAnOperatorThatIsNone(String value) {
        assertThatThrownBy(() -> Need.parse("memory", value))
                .isInstanceOf(MillwrightException.class)
                .hasMessageStartingWith("'memory: %s' is no need; write ".formatted(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory >= lots", "jdk < new", "os > linux"})
    void refusesAComparisonThatCanNeverHold(String text) {
        assertThatThrownBy(() -> Need.parse(text))
                .isInstanceOf(MillwrightException.class)
                .hasMessageContaining("can never hold: '" + text.split(" ", -1)[2] + "' is no");
    }

    @Test
    void whatAnExpressionGivesIsNotKnownYet() {
        assertThat(Need.parse("memory", ">= ${{ matrix.memory }}").value())
                .isEqualTo(">= ${{ matrix.memory }}");
    }

    @Test
    void aMistypedNameIsToldWithWhatTheNodeHas() {
        assertThat(Need.parse("memroy >= 1Gi").missing(Map.of("memory", "8Gi", "os", "linux")))
                .contains("needs memroy >= 1Gi, and it has none (did you mean 'memory'?)");
        assertThat(Need.parse("OS=linux").missing(Map.of("os", "linux")))
                .contains("needs OS=linux, and it has none (did you mean 'os'?)");
        assertThat(Need.parse("gpu").missing(Map.of("cpus", "8")))
                .contains("needs gpu=true, and it has none");
    }
}
