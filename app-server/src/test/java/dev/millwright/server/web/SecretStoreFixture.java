package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.api.resource.ApplyResult;
import dev.millwright.host.PluginBuilder;
import dev.millwright.host.use.Point;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/// A server with a store of secrets that a plugin reads from a folder of files:
/// `nexus/ci/upload#token` is [#VALUE].
abstract class SecretStoreFixture extends SharedServer {
    static final String VALUE = "tr0ub4dor&3";
    static final StepPath FIRST = new StepPath("0/0");

    private static final String STORE =
            """
            package sample;
            import dev.millwright.plugin.*;
            import dev.millwright.plugin.secret.*;
            import java.io.IOException;
            import java.nio.file.*;
            import java.time.Duration;
            public final class Folder implements SecretStore<Folder.Settings> {
                public record Settings(Path folder, Secret token) {}
                public String kind() { return "folder"; }
                public Class<Settings> configuration() { return Settings.class; }
                public SecretLookup find(SecretName name, Settings store) throws InterruptedException {
                    if (!store.token().matches("s3cret")) { throw new PluginException("wrong token"); }
                    if (Files.exists(store.folder().resolve("away"))) {
                        return new SecretLookup.Unavailable("the store is sealed", Duration.ZERO);
                    }
                    if (Files.exists(store.folder().resolve("broken"))) { throw new IllegalStateException("boom"); }
                    while (Files.exists(store.folder().resolve("stuck"))) {
                        try { Thread.sleep(50); } catch (InterruptedException deaf) { }
                    }
                    try {
                        return new SecretLookup.Found(Secret.of(Files.readString(
                                store.folder().resolve(name.namespace()).resolve(name.path())
                                        .resolve(name.key()))));
                    } catch (IOException missing) {
                        return new SecretLookup.Missing();
                    }
                }
            }
            """;

    /// Everything that it is told is the change of somebody whom nobody knows.
    static final String STRANGER =
            """
            package sample;
            import dev.millwright.plugin.*;
            import dev.millwright.plugin.trigger.RunRequest;
            import dev.millwright.plugin.webhook.*;
            public final class Strangers implements WebhookTrigger<NoConfiguration> {
                public String kind() { return "strangers"; }
                public Class<NoConfiguration> configuration() { return NoConfiguration.class; }
                public Verification verify(WebhookRequest request, NoConfiguration hook) {
                    return new Verification.Accepted("", "pull_request");
                }
                public Interpretation interpret(StoredDelivery delivery, NoConfiguration hook) {
                    return Interpretation.run(
                            RunRequest.of("pull_request").trust(RunRequest.Trust.NONE).build());
                }
            }
            """;

    Path store;

    /// More for the plugin, such as runners that use secrets.
    PluginBuilder extensions(PluginBuilder plugin) {
        return plugin;
    }

    @Override
    void prepare() throws Exception {
        var _ =
                extensions(
                                PluginBuilder.of(directory, "folder-secrets", "1.0.0")
                                        .extension(Point.SECRET_STORE, STORE))
                        .jar(server.plugins.directory().resolve("folder-secrets.jar"));
        assertThat(server.plugins.tick()).isOne();
        store = directory.resolve("store");
        keep("ci/upload", "token", VALUE);
        assertThat(declare("nexus").isAccepted()).isTrue();
    }

    /// Put a secret into the store.
    void keep(String path, String key, String value) throws Exception {
        Path secret = store.resolve("default").resolve(path).resolve(key);
        Files.createDirectories(secret.getParent());
        Files.writeString(secret, value);
    }

    ApplyResult declare(String name) {
        return declare(name, "all-namespaces: false");
    }

    /// @param more another key of its spec
    ApplyResult declare(String name, String more) {
        return server.client.apply(
                """
                apiVersion: v1alpha
                kind: SecretStore
                metadata: {name: %s, namespace: default}
                spec:
                  type: folder
                  with: {folder: "%s", token: "${env:X}"}
                  %s
                """
                        .formatted(name, store, more),
                "default",
                false);
    }

    String log(RunId run) throws Exception {
        HttpResponse<String> answer = server.get("/api/v1/runs/" + run + "/steps/0/0/log");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }
}
