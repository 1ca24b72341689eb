package dev.millwright.server.link;

import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2SecurityUtil;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolNames;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.JdkSslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// How the link is encrypted: TLS 1.3 and nothing else. Certificates of callers are asked for and
/// not required, because a machine that joins has none yet; [LinkAccess] requires them.
final class LinkTls {
    private static final String VERSION = "TLSv1.3";

    private LinkTls() {}

    static SslContext create(LinkAuthority authority) {
        try {
            // Only the JDK's own TLS asks a key manager anew at each handshake
            SSLContext jdk = SSLContext.getInstance("TLS");
            jdk.init(
                    new KeyManager[] {authority.serverKeys()},
                    trust(authority.authorities()),
                    null);
            // Not by SslContextBuilder: its kind for servers loads all of Bouncy Castle's provider
            // to try out a key of its own, a seventh of what a start of the server computed
            return new JdkSslContext(
                    jdk,
                    false,
                    Http2SecurityUtil.CIPHERS,
                    SupportedCipherSuiteFilter.INSTANCE,
                    new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2),
                    ClientAuth.OPTIONAL,
                    new String[] {VERSION},
                    false);
        } catch (GeneralSecurityException | IOException unusable) {
            throw new LinkFailure("the certificates of the link cannot be used", unusable);
        }
    }

    private static TrustManager[] trust(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (X509Certificate authority : authorities) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
