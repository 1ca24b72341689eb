package dev.millwright.server.link;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;

/// How the link is encrypted: TLS 1.3 and nothing else. Certificates of callers are asked for and
/// not required, because a machine that joins has none yet; [LinkAccess] requires them.
final class LinkTls {
    private LinkTls() {}

    static SslContext create(LinkAuthority authority) {
        try {
            // Only the JDK's own TLS asks a key manager anew at each handshake
            return GrpcSslContexts.configure(
                            SslContextBuilder.forServer(authority.serverKeys()), SslProvider.JDK)
                    .protocols("TLSv1.3")
                    .clientAuth(ClientAuth.OPTIONAL)
                    .trustManager(authority.authorities().toArray(X509Certificate[]::new))
                    .build();
        } catch (SSLException unusable) {
            throw new LinkFailure("the certificates of the link cannot be used", unusable);
        }
    }
}
