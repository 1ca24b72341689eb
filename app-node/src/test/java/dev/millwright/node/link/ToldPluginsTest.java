package dev.millwright.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.link.v1.FetchPluginRequest;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.link.v1.Plugin;
import dev.millwright.link.v1.Plugins;
import dev.millwright.link.v1.ServerMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a node makes of the plugins that its server tells of.
class ToldPluginsTest extends LinkFixture {
    private static final String HASH = "0123456789abcdef".repeat(4);

    private static ServerMessage told(Plugin.Builder... plugins) {
        Plugins.Builder all = Plugins.newBuilder();
        List.of(plugins).forEach(all::addPlugins);
        return ServerMessage.newBuilder().setPlugins(all).build();
    }

    private static Plugin.Builder plugin(String id, String kind) {
        return Plugin.newBuilder()
                .setId(id)
                .setVersion("1.0.0")
                .setRequires(">=0.1.0 & <0.2.0")
                .setSha256(HASH)
                .setSize(5)
                .setForm("jar")
                .addRunners(kind);
    }

    @Test
    void whatItCannotUseIsSaidWithTheReason() {
        server.plugin = "wrong".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (TestNode _ = node()) {
            FakeLine line = server.line(0);
            line.send(told(plugin("one", "carrying")));

            until(() ->
                    line.has(one ->
                            Pairs.map(one.getRunners().getMissingList())
                                    .getOrDefault("carrying", "")
                                    .contains("does not have the hash " + HASH)));
            assertThat(server.fetched)
                    .containsExactly(
                            FetchPluginRequest.newBuilder().setSha256(HASH).setLength(5).build());
        }
    }

    @Test
    void whatMakesNoSenseIsLeftAloneAndTheRestIsNot() {
        try (TestNode _ = node()) {
            FakeLine line = server.line(0);
            line.send(told(plugin("../../evil", "evil"), plugin("one", "carrying")));

            until(() ->
                    line.has(one ->
                            Pairs.map(one.getRunners().getMissingList()).containsKey("carrying")));
            assertThat(
                            line.has(one ->
                                    Pairs.map(one.getRunners().getMissingList())
                                            .containsKey("evil")))
                    .isFalse();
        }
    }

    @Test
    void aServerThatTellsOfNoPluginsIsOlderAndHearsNothingOfRunners() {
        try (TestNode node = node()) {
            FakeLine line = server.line(0);
            line.send(told(plugin("one", "carrying")));
            until(() -> line.has(NodeMessage::hasRunners));
            line.cut();
            FakeLine older = server.line(1);
            assertThat(Pairs.map(older.hello().getMissingList())).containsKey("carrying");

            node.plugins.told(List.of(), (_, _, _) -> new byte[0]);
            until(() -> node.agent.missingRunners().isEmpty());
            int beats = beats(older);
            until(() -> beats(older) > beats + 2);

            assertThat(older.has(NodeMessage::hasRunners)).isFalse();
        }
    }

    private static int beats(FakeLine line) {
        return (int) line.received.stream().filter(NodeMessage::hasHeartbeat).count();
    }
}
