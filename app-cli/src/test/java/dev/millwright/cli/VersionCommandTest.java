package dev.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionCommandTest {
    @Test
    void theClientTellsItsVersionAsServersDo() {
        assertThat(VersionCommand.version("0.1.0-SNAPSHOT")).isEqualTo("0.1.0");
        assertThat(VersionCommand.version("0.1.0")).isEqualTo("0.1.0");
        assertThat(VersionCommand.version(null)).isEqualTo("development");
    }
}
