package dev.millwright.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfigHelpTest {
    @Test
    void eachSettingIsToldInLinesThatFitATerminal() {
        String help = ServerConfig.help();
        assertThat(help.lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
                .contains("  --port", "      The port to listen on; 0 for any free one. [8080]");
        String words = help.replaceAll("\\s+", " ");
        assertThat(ConfigKey.ALL).allSatisfy(key -> assertThat(words).contains(key.doc()));
    }
}
