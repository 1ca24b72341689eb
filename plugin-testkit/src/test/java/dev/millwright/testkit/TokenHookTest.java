package dev.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.Payload;
import dev.millwright.plugin.webhook.WebhookRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenHookTest extends WebhookContract {
    @TempDir static Path folder;
    private static Path built;

    @BeforeAll
    static void build() {
        built = SamplePlugin.build(folder);
    }

    @Override
    protected Path plugin() {
        return built;
    }

    @Override
    protected String kind() {
        return "token";
    }

    @Override
    protected Map<String, Object> configuration() {
        return Map.of("token", "${env:TOKEN}");
    }

    private static WebhookRequest request(String token) {
        return new WebhookRequest(
                Map.of(),
                Map.of("X-Token", List.of(token), "X-Id", List.of("7")),
                Payload.of("refs/heads/main"));
    }

    @Override
    protected WebhookRequest genuine() {
        return request("secret-TOKEN");
    }

    @Override
    protected WebhookRequest forged() {
        return request("secret-OTHER");
    }

    @Test
    void secretsAndSettingsCanBeChosen() throws InterruptedException {
        try (PluginUnderTest plugin =
                PluginUnderTest.builder(built).secret("TOKEN", "hush").load()) {
            assertThat(plugin.webhook("token", configuration()).verify(request("hush")))
                    .isInstanceOf(dev.millwright.plugin.webhook.Verification.Accepted.class);
        }
    }
}
