package dev.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.host.PluginBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginUnderTestTest {
    @TempDir Path folder;

    @Test
    void aPluginThatCannotBeLoadedIsToldWithItsReason() {
        Path built =
                PluginBuilder.of(folder, "old", "1.0.0")
                        .says("Plugin-Requires", ">=9.0.0")
                        .jar(folder.resolve("old.jar"));
        assertThatThrownBy(() -> PluginUnderTest.of(built))
                .hasMessageStartingWith(
                        "old.jar cannot be loaded: it needs the plugin API >=9.0.0");
    }

    @Test
    void aMistypedKindIsToldWithWhatThereIs() {
        try (PluginUnderTest plugin = PluginUnderTest.of(SamplePlugin.build(folder))) {
            assertThatThrownBy(() -> plugin.webhook("tokn", Map.of()))
                    .hasMessageContaining("sample has no WebhookTrigger 'tokn', but")
                    .hasMessageContaining("WebhookTrigger 'token'");
        }
    }

    @Test
    void theBuiltPluginIsTheOneThatTheBuildMarks() throws IOException {
        Files.createFile(folder.resolve("a-1.0-sources.jar"));
        Files.createFile(folder.resolve("original-a-1.0.jar"));
        assertThatThrownBy(() -> BuiltPlugin.find(folder)).hasMessageContaining("verify");
        Path plain = Files.createFile(folder.resolve("a-1.0.jar"));
        assertThat(BuiltPlugin.find(folder)).isEqualTo(plain);
        Path marked = Files.createFile(folder.resolve("a-1.0-plugin.zip"));
        assertThat(BuiltPlugin.find(folder)).isEqualTo(marked);
    }
}
