package dev.millwright.node.link;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Shows a server the node's certificate, and nobody who asks for one of another authority.
/// Immutable.
final class NodeProof extends X509ExtendedKeyManager {
    /// There is one key, and TLS wants it to have a name.
    private static final String NAME = "node";

    private final NodeIdentity.Proof proof;

    NodeProof(NodeIdentity.Proof proof) {
        this.proof = proof;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] types, Principal @Nullable [] authorities, @Nullable Socket socket) {
        return Stream.of(types).anyMatch(type -> isWanted(type, authorities)) ? NAME : null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] types, Principal @Nullable [] authorities, @Nullable SSLEngine engine) {
        return chooseClientAlias(types, authorities, null);
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] authorities) {
        return isWanted(type, authorities) ? new String[] {NAME} : new String[0];
    }

    private boolean isWanted(String type, Principal @Nullable [] authorities) {
        if (!type.equals(proof.key().getPublic().getAlgorithm())) {
            return false;
        }
        List<Principal> accepted = authorities == null ? List.of() : Arrays.asList(authorities);
        return accepted.isEmpty()
                || proof.chain().stream()
                        .map(X509Certificate::getIssuerX500Principal)
                        .anyMatch(accepted::contains);
    }

    @Override
    public X509Certificate[] getCertificateChain(String name) {
        return proof.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String name) {
        return proof.key().getPrivate();
    }

    @Override
    public @Nullable String chooseServerAlias(
            String type, Principal @Nullable [] authorities, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String[] getServerAliases(String type, Principal @Nullable [] authorities) {
        return new String[0];
    }
}
