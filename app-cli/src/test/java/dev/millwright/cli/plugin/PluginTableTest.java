package dev.millwright.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.api.plugin.PluginView;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PluginTableTest {
    private static PluginView plugin(String id, String... kinds) {
        return new PluginView(
                id.isEmpty() ? "team-chat.jar" : id + ".jar",
                id.isEmpty() ? "failed" : "started",
                "",
                "",
                id,
                id.isEmpty() ? "" : "0.1.0-SNAPSHOT",
                "",
                "",
                "",
                "",
                "",
                0,
                Stream.of(kinds)
                        .map(kind -> new PluginView.Extension("WebhookTrigger", kind, Map.of()))
                        .toList());
    }

    @Test
    void fitsIntoAUsualTerminal() {
        List<PluginView> plugins =
                List.of(
                        plugin("docker-runner", "container"),
                        plugin(
                                "forge-webhooks",
                                "gitlab",
                                "gitea",
                                "forgejo",
                                "bitbucket",
                                "bitbucket-data-center",
                                "gitlab"),
                        plugin(""));

        assertThat(PluginTable.narrow(plugins).lines(true))
                .extracting(line -> line.toString())
                .allMatch(line -> line.length() <= 80)
                .containsExactly(
                        "PLUGIN          VERSION         STATE    OFFERS",
                        "docker-runner   0.1.0-SNAPSHOT  started  container",
                        "forge-webhooks  0.1.0-SNAPSHOT  started  gitlab, gitea, forgejo, +2 more",
                        "team-chat.jar                   failed");
    }
}
