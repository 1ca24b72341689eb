package dev.millwright.server.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.buffer.UnpooledByteBufAllocator;
import io.grpc.netty.shaded.io.netty.handler.ssl.JdkSslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

final class LinkTlsTest {
    private final TestAuthority authority = new TestAuthority();

    @Test
    void speaksTls13AloneAndAsksForACertificateWithoutRequiringIt() {
        SSLEngine engine = LinkTls.create(authority).newEngine(UnpooledByteBufAllocator.DEFAULT);

        assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.3");
        assertThat(engine.getWantClientAuth()).isTrue();
        assertThat(engine.getNeedClientAuth()).isFalse();
        assertThat(engine.getUseClientMode()).isFalse();
    }

    /// Netty's context for servers tries out a key through Bouncy Castle when its class is loaded,
    /// which made every start slower; and what gRPC asks for must be the same without it.
    @Test
    void isWhatGrpcWouldMakeWithoutNettysContextForServers() throws SSLException {
        SslContext link = LinkTls.create(authority);
        SslContext usual =
                GrpcSslContexts.configure(
                                SslContextBuilder.forServer(authority.serverKeys()),
                                SslProvider.JDK)
                        .protocols("TLSv1.3")
                        .trustManager(authority.authorities().toArray(X509Certificate[]::new))
                        .build();

        assertThat(link).isExactlyInstanceOf(JdkSslContext.class);
        assertThat(link.isServer()).isTrue();
        assertThat(link.cipherSuites()).isEqualTo(usual.cipherSuites());
        assertThat(link.applicationProtocolNegotiator().protocols())
                .isEqualTo(usual.applicationProtocolNegotiator().protocols())
                .containsExactly("h2");
    }
}
