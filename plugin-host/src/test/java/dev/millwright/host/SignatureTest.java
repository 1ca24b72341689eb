package dev.millwright.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.use.Point;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignatureTest {
    @TempDir Path folder;

    private static KeyPair pair() throws Exception {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private PluginHost open(String... keys) throws Exception {
        return PluginHost.open(
                new HostSettings(
                        folder.resolve("plugins"),
                        folder.resolve("data"),
                        List.of(keys),
                        Duration.ZERO),
                SecretSource.UNRESOLVED);
    }

    private Path plugin() {
        return PluginBuilder.of(folder, "one", "1.0.0")
                .extension(Point.SECRET_STORE, Samples.store("One", "one", "return \"signed\";"))
                .jar(folder.resolve("plugins/one.jar"));
    }

    private static void sign(Path jar, KeyPair by) throws Exception {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(by.getPrivate());
        signature.update(Files.readAllBytes(jar));
        Files.writeString(
                jar.resolveSibling(jar.getFileName() + ".sig"),
                Base64.getMimeEncoder().encodeToString(signature.sign()) + "\n");
    }

    private static String encoded(KeyPair pair) {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    @Test
    @Tag("S55")
    void onlyWhatATrustedKeyHasSignedIsLoaded() throws Exception {
        KeyPair trusted = pair();
        Path jar = plugin();
        try (PluginHost host = open(encoded(pair()), encoded(trusted))) {
            assertThat(host.plugins().getFirst().reason())
                    .isEqualTo(
                            "it is not signed: keys are trusted here and there is no one.jar.sig");
            sign(jar, pair());
            host.tick();
            assertThat(host.plugins().getFirst().reason()).contains("by none of the keys");
            sign(jar, trusted);
            host.tick();
            assertThat(Samples.ask(host, "one")).isEqualTo("signed");
            Files.writeString(jar.resolveSibling("one.jar.sig"), "!");
            Files.write(jar, Files.readAllBytes(jar));
            host.tick();
            assertThat(host.plugins().getFirst().reason()).isNotEmpty();
            assertThat(Samples.ask(host, "one")).isEqualTo("signed");
        }
    }

    @Test
    void withoutTrustedKeysSignaturesAreNotLookedAt() throws Exception {
        var _ = plugin();
        try (PluginHost host = open()) {
            assertThat(Samples.ask(host, "one")).isEqualTo("signed");
        }
    }

    @Test
    void aKeyThatIsNoneEndsTheStart() {
        assertThatThrownBy(() -> open("nonsense"))
                .hasMessage("'nonsense' is not an Ed25519 public key in base64");
    }
}
