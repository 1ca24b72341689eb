package dev.millwright.server.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

/// Which ends of a handshake count as missing trust, on a connection whose time is set here.
final class HandshakeWatchTest {
    private static final String HALF_A_CLIENT_HELLO = "1603010200010001fc0303";
    private static final String FATAL_UNKNOWN_CA = "15030300020230";

    private final List<String> told = new ArrayList<>();
    private final SslHandler tls = new SslHandler(engine());
    private final EmbeddedChannel connection = new FromHere();

    private static SSLEngine engine() {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(false);
            return engine;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void anAlertIsMissingTrust() {
        accept();

        say(FATAL_UNKNOWN_CA);

        assertThat(told)
                .containsExactly(
                        "127.0.0.1: it does not accept this server's certificate or its TLS"
                                + " (alert unknown_ca)");
    }

    @Test
    void aHandshakeThatTakesTooLongIsNot() {
        accept();
        say(HALF_A_CLIENT_HELLO);

        connection.advanceTimeBy(tls.getHandshakeTimeoutMillis() + 1, TimeUnit.MILLISECONDS);
        var _ = connection.runScheduledPendingTasks();

        assertThat(tls.handshakeFuture().cause()).isInstanceOf(SslHandshakeTimeoutException.class);
        assertThat(told).isEmpty();
    }

    private void accept() {
        HandshakeWatch watch =
                new HandshakeWatch((reason, from) -> told.add(from + ": " + reason), Runnable::run);
        var _ = new EmbeddedChannel(watch).writeInbound(connection);
        // As gRPC does: only when the connection is there
        var _ = connection.pipeline().addLast(tls);
    }

    private void say(String bytes) {
        var _ =
                connection
                        .pipeline()
                        .fireChannelRead(Unpooled.wrappedBuffer(HexFormat.of().parseHex(bytes)));
        connection.runPendingTasks();
    }

    private static final class FromHere extends EmbeddedChannel {
        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        }
    }
}
