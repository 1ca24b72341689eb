package dev.millwright.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientVersionTest {
    @Test
    void theClientTellsItsVersionAsServersDo() {
        assertThat(ClientVersion.of("0.1.0-SNAPSHOT")).isEqualTo("0.1.0");
        assertThat(ClientVersion.of("0.1.0")).isEqualTo("0.1.0");
        assertThat(ClientVersion.of(null)).isEqualTo("development");
    }
}
