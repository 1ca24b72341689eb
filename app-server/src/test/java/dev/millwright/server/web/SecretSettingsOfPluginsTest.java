package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.host.use.Point;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.export.Export;
import dev.millwright.plugin.export.Exporter;
import dev.millwright.plugin.poll.PollRequest;
import dev.millwright.plugin.poll.PollResult;
import dev.millwright.plugin.poll.PollingTrigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// Secrets of stores in what polls and exporters are told to use.
final class SecretSettingsOfPluginsTest extends SecretStoreFixture {
    private static final List<Secret> POLLED = new CopyOnWriteArrayList<>();
    private static final List<Secret> EXPORTED = new CopyOnWriteArrayList<>();

    /// Remembers the token that it is given.
    private static final class TokenPoll implements PollingTrigger<TokenPoll.Settings> {
        public record Settings(Secret token) {}

        @Override
        public String kind() {
            return "token";
        }

        @Override
        public Class<Settings> configuration() {
            return Settings.class;
        }

        @Override
        public PollResult poll(PollRequest request, Settings settings) {
            POLLED.add(settings.token());
            return PollResult.nothing("looked");
        }
    }

    /// Remembers the token that it is given.
    private static final class TokenExporter implements Exporter<TokenExporter.Settings> {
        public record Settings(Secret token) {}

        @Override
        public String kind() {
            return "token";
        }

        @Override
        public Class<Settings> configuration() {
            return Settings.class;
        }

        @Override
        public Sent export(Export export, Settings settings) {
            EXPORTED.add(settings.token());
            return Sent.DONE;
        }
    }

    @Override
    void prepare() throws Exception {
        super.prepare();
        var _ = server.plugins.extensions().add(Point.POLL, new TokenPoll());
        var _ = server.plugins.extensions().add(Point.EXPORTER, new TokenExporter());
    }

    @Test
    void aPollIsGivenItsTokenAndTellsOfAStoreThatIsAway() throws Exception {
        keep("git", "token", "of-the-poll");
        Path away = Files.createFile(store.resolve("away"));
        try {
            server.pipeline(
                    "polled",
                    """
                    polls:
                      - {name: news, type: token, every: 10s, with: {token: {from_secret: nexus/git#token}}}
                    steps: [{commands: ["true"]}]
                    """);
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> {
                        var _ = server.polls.tick();
                        return server.get("/api/v1/polls").body().contains("the store is sealed");
                    });
            assertThat(POLLED).isEmpty();
        } finally {
            Files.delete(away);
        }
        await().atMost(Duration.ofSeconds(50))
                .until(() -> {
                    var _ = server.polls.tick();
                    return POLLED.contains(Secret.of("of-the-poll"));
                });
        assertThat(server.get("/api/v1/namespaces/default/pipelines/polled").body())
                .contains("nexus/git#token")
                .doesNotContain("of-the-poll");
    }

    @Test
    void anExporterIsGivenItsTokenAndLosesNothingWhileItsStoreIsAway() throws Exception {
        keep("collector", "token", "of-the-exporter");
        server.pipeline("plain", "steps: [{commands: [\"true\"]}]");
        Path away = Files.createFile(store.resolve("away"));
        try {
            assertThat(
                            server.client
                                    .apply(
                                            """
                                            kind: Exporter
                                            metadata: {name: collector}
                                            spec: {type: token, with: {token: {from_secret: nexus/collector#token}}}
                                            """,
                                            "default",
                                            false)
                                    .isAccepted())
                    .isTrue();
            assertThat(server.finish(server.begin("plain")).outcome()).isEqualTo(Outcome.SUCCESS);
            await().atMost(Duration.ofSeconds(50))
                    .until(() ->
                            server.get("/api/v1/queue").body().contains("the store is sealed"));
            assertThat(EXPORTED).isEmpty();
        } finally {
            Files.delete(away);
        }
        await().atMost(Duration.ofSeconds(50))
                .until(() -> EXPORTED.contains(Secret.of("of-the-exporter")));
    }
}
