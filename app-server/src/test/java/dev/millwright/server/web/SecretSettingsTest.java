package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.resource.ApplyResult;
import dev.millwright.host.use.Point;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.notify.Notification;
import dev.millwright.plugin.notify.Notifier;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// Secrets of stores in what resources write for triggers and notifiers.
final class SecretSettingsTest extends SecretStoreFixture {
    private static final List<Secret> SHOWN = new CopyOnWriteArrayList<>();

    /// Remembers the token that it is given.
    private static final class TokenNotifier implements Notifier<TokenNotifier.Settings> {
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
        public Sent send(Notification message, Settings settings) {
            SHOWN.add(settings.token());
            return Sent.DONE;
        }
    }

    @Override
    void prepare() throws Exception {
        super.prepare();
        var _ = server.plugins.extensions().add(Point.NOTIFIER, new TokenNotifier());
        server.pipeline("plain", "steps: [{commands: [\"true\"]}]");
    }

    private void hooked(String pipeline, String secret) {
        server.pipeline(
                pipeline,
                """
                hooks:
                  - name: in
                    bearer: {secret: %s}
                steps: [{commands: ["true"]}]
                """
                        .formatted(secret));
    }

    private int post(String pipeline, String token) throws Exception {
        return server.send(
                        HttpRequest.newBuilder(server.address("/hooks/generic/" + pipeline + ".in"))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{}")))
                .statusCode();
    }

    @Test
    void aHookIsProvenByASecretOfAStore() throws Exception {
        keep("hook", "token", "of-the-hook");
        hooked("hooked", "{from_secret: nexus/hook#token}");
        assertThat(post("hooked", "of-the-hook")).isEqualTo(202);
        assertThat(post("hooked", "of-nobody")).isEqualTo(401);
        hooked("hooked-too", "\"${secret:nexus/hook#token}\"");
        assertThat(post("hooked-too", "of-the-hook")).isEqualTo(202);
    }

    @Test
    void aHookWhoseSecretIsNowhereRefusesEverybody() throws Exception {
        hooked("unproven", "{from_secret: nexus/hook#nothing}");
        assertThat(post("unproven", "anything")).isEqualTo(401);
    }

    @Test
    void aHookWhoseStoreIsAwayAsksTheSenderToTryAgain() throws Exception {
        keep("late-hook", "token", "of-the-hook");
        hooked("late-hook", "{from_secret: nexus/late-hook#token}");
        Path away = Files.createFile(store.resolve("away"));
        try {
            assertThat(post("late-hook", "of-the-hook")).isEqualTo(503);
        } finally {
            Files.delete(away);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> post("late-hook", "of-the-hook") == 202);
    }

    @Test
    void aNotifierIsGivenItsTokenAndWaitsForAStoreThatIsAway() throws Exception {
        keep("chat", "token", "of-the-chat");
        Path away = Files.createFile(store.resolve("away"));
        try {
            assertThat(notifier("{from_secret: nexus/chat#token}").isAccepted()).isTrue();
            assertThat(server.finish(server.begin("plain")).outcome()).isEqualTo(Outcome.SUCCESS);
            // The store itself is waited for for 15 s
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            server.get("/api/v1/queue").body().contains("the store is sealed"));
            assertThat(SHOWN).isEmpty();
        } finally {
            Files.delete(away);
        }
        await().atMost(Duration.ofSeconds(40))
                .until(() -> SHOWN.contains(Secret.of("of-the-chat")));
        assertThat(server.get("/api/v1/namespaces/default/notifiers/chat").body())
                .contains("nexus/chat#token")
                .doesNotContain("of-the-chat");
    }

    private ApplyResult notifier(String token) {
        return server.client.apply(
                """
                kind: Notifier
                metadata: {name: chat}
                spec: {type: token, on: [success], with: {token: %s}}
                """
                        .formatted(token),
                "default",
                false);
    }

    @Test
    void whatIsNoReferenceIsToldWhenItIsApplied() {
        assertThat(notifier("written-down").toString())
                .contains(
                        "a secret is not written down itself; use from_secret: STORE/PATH#KEY, ${env:NAME} or ${file:PATH}");
        assertThat(notifier("{from_secret: nexus}").toString())
                .contains("'from_secret' has to be STORE/PATH or STORE/PATH#KEY, not 'nexus'");
    }

    @Test
    void aStoreDoesNotTakeItsOwnTokenFromAStore() {
        assertThat(
                        server.client
                                .apply(
                                        """
                                        kind: SecretStore
                                        metadata: {name: second}
                                        spec:
                                          type: folder
                                          with: {folder: /tmp, token: {from_secret: nexus/a}}
                                        """,
                                        "default",
                                        false)
                                .toString())
                .contains(
                        "secrets of stores are not to be had here; use ${env:NAME} or ${file:PATH}");
    }
}
