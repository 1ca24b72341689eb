package dev.millwright.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BasicFactsTest {
    @Test
    void thisMachineHasThem() {
        assertThat(BasicFacts.ofThisMachine()).containsOnlyKeys("os", "arch", "cpus", "memory");
        assertThat(BasicFacts.ofThisMachine().get("memory")).matches("[1-9][0-9]{2,8}Mi");
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, linux",
        "Mac OS X, macos",
        "Windows Server 2025, windows",
        "FreeBSD, freebsd"
    })
    void systemsHaveOneWord(String told, String word) {
        assertThat(BasicFacts.os(told)).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"aarch64, arm64", "x86_64, amd64", "amd64, amd64", "riscv64, riscv64"})
    void architecturesHaveOneWord(String told, String word) {
        assertThat(BasicFacts.arch(told)).isEqualTo(word);
    }
}
