package dev.millwright.server.link;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Shows at each handshake what is current then.
final class RenewedKeys extends X509ExtendedKeyManager {
    private final Supplier<X509ExtendedKeyManager> current;

    RenewedKeys(Supplier<X509ExtendedKeyManager> current) {
        this.current = current;
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
        return current.get().getClientAliases(type, issuers);
    }

    @Override
    public String chooseClientAlias(
            String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return current.get().chooseClientAlias(types, issuers, socket);
    }

    @Override
    public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
        return current.get().getServerAliases(type, issuers);
    }

    @Override
    public String chooseServerAlias(
            String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return current.get().chooseServerAlias(type, issuers, socket);
    }

    @Override
    public String chooseEngineServerAlias(
            String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return current.get().chooseEngineServerAlias(type, issuers, engine);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return current.get().getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return current.get().getPrivateKey(alias);
    }
}
