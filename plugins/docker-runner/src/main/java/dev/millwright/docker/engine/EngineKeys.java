package dev.millwright.docker.engine;

import com.github.dockerjava.transport.SSLConfig;
import dev.millwright.plugin.PluginException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// What proves this node to an engine behind TLS, and the engine to this node: `ca.pem`, `cert.pem`
/// and `key.pem` of one folder, as Docker's own client has them. Immutable.
public record EngineKeys(Path folder) {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final Pattern PKCS8 =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final char[] NO_PASSWORD = {};

    /// What the administrator says, else what `DOCKER_TLS_VERIFY` and `DOCKER_CERT_PATH` say;
    /// nothing: no TLS.
    public static Optional<EngineKeys> of(
            Optional<String> configured, Map<String, String> environment) {
        boolean verify = !environment.getOrDefault("DOCKER_TLS_VERIFY", "").isBlank();
        return configured
                .or(() ->
                        Optional.ofNullable(environment.get("DOCKER_CERT_PATH"))
                                .filter(path -> verify && !path.isBlank()))
                .or(() ->
                        Optional.ofNullable(environment.get("HOME"))
                                .filter(_ -> verify)
                                .map(home -> home + "/.docker"))
                .map(path -> new EngineKeys(Path.of(path)));
    }

    /// Read them. Throws [PluginException] when one of them is missing or none.
    SSLConfig read() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity().getKeyManagers(), trust().getTrustManagers(), null);
            return () -> context;
        } catch (IOException | GeneralSecurityException unfit) {
            throw new PluginException(
                    "the keys for the container engine in %s cannot be used: %s"
                            .formatted(folder, unfit),
                    unfit);
        }
    }

    private TrustManagerFactory trust() throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        for (Certificate one : certificates("ca.pem")) {
            store.setCertificateEntry("ca-" + store.size(), one);
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust;
    }

    private KeyManagerFactory identity() throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        store.setKeyEntry(
                "own", key(), NO_PASSWORD, certificates("cert.pem").toArray(Certificate[]::new));
        KeyManagerFactory identity =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        identity.init(store, NO_PASSWORD);
        return identity;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private Collection<? extends Certificate> certificates(String name)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private PrivateKey key() throws IOException, GeneralSecurityException {
        Path file = folder.resolve("key.pem");
        Matcher written = PKCS8.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!written.find()) {
            throw new InvalidKeySpecException(
                    "%s is no plain key in PKCS#8; make one of it with: openssl pkcs8 -topk8 -nocrypt"
                            .formatted(file));
        }
        var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(written.group(1)));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException other) {
                // One of another kind
            }
        }
        throw new InvalidKeySpecException(
                "%s is a key of another kind than %s".formatted(file, ALGORITHMS));
    }
}
