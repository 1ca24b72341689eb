package dev.millwright.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.delivery.DeliveryAccepted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/// Stands in for GitHub: tells the server of a push in GitHub's words, signed with the hook's
/// secret. One thread.
final class DemoForge {
    /// The plugin of the server that understands it.
    static final String PLUGIN = "github-webhook";

    static final String HOOK = "/hooks/github/demo.push";
    private static final String ALGORITHM = "HmacSHA256";

    private final Path folder;

    DemoForge(Path folder) {
        this.folder = folder;
    }

    /// Where the secret stands that both sides know.
    Path secretFile() {
        return folder.resolve("hook.secret");
    }

    /// Make the secret.
    void prepare() {
        try {
            if (!Files.exists(secretFile())) {
                byte[] random = new byte[20];
                new SecureRandom().nextBytes(random);
                Files.writeString(
                        Files.createFile(secretFile(), DemoServer.onlyMine("rw-------")),
                        HexFormat.of().formatHex(random));
            }
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /// Send the delivery.
    DeliveryAccepted push(URI server, DemoRepository.Pushed pushed) {
        byte[] body = payload(pushed);
        Map<String, String> headers =
                Map.of(
                        "Content-Type",
                        "application/json",
                        "X-GitHub-Event",
                        "push",
                        "X-GitHub-Delivery",
                        UUID.randomUUID().toString(),
                        "X-Hub-Signature-256",
                        "sha256=" + HexFormat.of().formatHex(mac(body)));
        // No key: the signature is the proof
        try (MillwrightClient forge = MillwrightClient.create(server)) {
            return forge.hook(HOOK, headers, body);
        }
    }

    private byte[] mac(byte[] body) {
        try {
            byte[] secret = Files.readString(secretFile()).strip().getBytes(UTF_8);
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HMAC-SHA256 is missing from this Java", impossible);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /// What GitHub documents for the event `push`, as far as it tells something here.
    private static byte[] payload(DemoRepository.Pushed pushed) {
        Map<String, Object> author = Map.of("name", pushed.author(), "email", pushed.authorEmail());
        Map<String, Object> commit =
                Map.of(
                        "id", pushed.commit(),
                        "message", pushed.message(),
                        "author", author,
                        "committer", author,
                        "added", List.of(),
                        "removed", List.of(),
                        "modified", pushed.files());
        return new JsonMapper()
                .writeValueAsBytes(
                        Map.of(
                                "ref",
                                "refs/heads/main",
                                "before",
                                pushed.before(),
                                "after",
                                pushed.commit(),
                                "created",
                                false,
                                "deleted",
                                false,
                                "forced",
                                false,
                                "head_commit",
                                commit,
                                "commits",
                                List.of(commit),
                                "repository",
                                Map.of(
                                        "full_name",
                                        "demo/greeter",
                                        "clone_url",
                                        pushed.repository()),
                                "sender",
                                Map.of("login", "demo")));
    }
}
