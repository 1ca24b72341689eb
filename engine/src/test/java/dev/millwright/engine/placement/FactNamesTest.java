package dev.millwright.engine.placement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactNamesTest {
    @ParameterizedTest
    @CsvSource({
        "memroy, memory",
        "Memory, memory",
        "cpu, cpus",
        "CPUS, cpus",
        "OS, os",
        "disk-free, disk.free",
        "host.name, hostname"
    })
    void aSlipIsToldWithTheFactThatWasMeant(String written, String meant) {
        assertThat(FactNames.meant(written)).isEqualTo("did you mean '%s'?".formatted(meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memory",
                "os",
                "tool.rust",
                "gpu",
                "gpus",
                "zone",
                "ios",
                "disk.type",
                "docker",
                "jdk",
                "mode",
                "memory-bandwidth"
            })
    void nothingIsSaidOfFactsThereAreAndOfNamesOfOnesOwn(String name) {
        assertThat(FactNames.meant(name)).isEmpty();
    }
}
