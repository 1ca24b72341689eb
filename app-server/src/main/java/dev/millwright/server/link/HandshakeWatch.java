package dev.millwright.server.link;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells of machines with which no trust could be established: gRPC never hears of them, and their
/// own logs are elsewhere. What does not even speak TLS is left out, and what does not come to an
/// end in time: that is no question of trust, and a server under load would tell of its own nodes.
///
/// Sits in front of what accepts connections. Any thread.
@ChannelHandler.Sharable
final class HandshakeWatch extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(HandshakeWatch.class);
    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

    private final BiConsumer<String, String> refused;
    private final Executor work;

    /// @param refused is given a reason and the address of the machine; may block
    HandshakeWatch(BiConsumer<String, String> refused, Executor work) {
        this.refused = refused;
        this.work = work;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Channel connection) {
            var _ = connection.pipeline().addLast(new Arrival());
        }
        var _ = context.fireChannelRead(message);
    }

    /// Waits until gRPC has put TLS into the pipeline.
    private final class Arrival extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            SocketAddress remote = context.channel().remoteAddress();
            var _ =
                    context.pipeline()
                            .get(SslHandler.class)
                            .handshakeFuture()
                            .addListener(ended -> ended(remote, ended.cause()));
            // Before: these bytes may end the connection
            var _ = context.pipeline().remove(this);
            var _ = context.fireChannelRead(message);
        }
    }

    private void ended(SocketAddress remote, @Nullable Throwable cause) {
        if (cause instanceof SSLHandshakeException failed
                && !(failed instanceof SslHandshakeTimeoutException)
                && remote instanceof InetSocketAddress address) {
            String reason = words(failed);
            work.execute(() -> tell(reason, address.getAddress().getHostAddress()));
        }
    }

    private void tell(String reason, String address) {
        try {
            refused.accept(reason, address);
        } catch (RuntimeException failed) {
            log.warn("a failed handshake with {} is not recorded: {}", address, failed.toString());
        }
    }

    private static String words(SSLHandshakeException failed) {
        String message = String.valueOf(failed.getMessage());
        Matcher alert = ALERT.matcher(message);
        return alert.find()
                ? "it does not accept this server's certificate or its TLS (alert %s)"
                        .formatted(alert.group(1))
                : "its certificate or its TLS is not accepted: " + message;
    }
}
