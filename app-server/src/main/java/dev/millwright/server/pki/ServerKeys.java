package dev.millwright.server.pki;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Shows the server's newest certificate in handshakes. Called from any thread.
///
/// The key of the one before stays for handshakes that have begun with it.
final class ServerKeys extends X509ExtendedKeyManager {
    private volatile List<Shown> shown;

    ServerKeys(Shown first) {
        shown = List.of(first);
    }

    /// @param alias different for each certificate
    /// @param chain the server's own first
    record Shown(String alias, PrivateKey key, List<X509Certificate> chain) {
        Shown {
            chain = List.copyOf(chain);
        }
    }

    /// The newest certificate.
    X509Certificate current() {
        return shown.getFirst().chain().getFirst();
    }

    void replace(Shown newest) {
        shown = List.of(newest, shown.getFirst());
    }

    private @Nullable String aliasFor(String keyType) {
        // Names of signature schemes come as EC, EC_EC or EC_RSA
        return keyType.startsWith("EC") ? shown.getFirst().alias() : null;
    }

    private @Nullable Shown find(String alias) {
        return shown.stream().filter(one -> one.alias().equals(alias)).findFirst().orElse(null);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return aliasFor(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return aliasFor(keyType);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = aliasFor(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Shown found = find(alias);
        return found == null ? null : found.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Shown found = find(alias);
        return found == null ? null : found.key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
