package dev.millwright.node.link;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Opens connections to servers: TLS 1.3 only, by Java's own TLS, and one thread for all of the
/// network. Called from any thread.
final class LinkNetwork implements AutoCloseable {
    /// It tells of its inner workings on standard error, past the log of the program.
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    private static final int LARGEST_MESSAGE = 16 << 20;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    private final EventLoopGroup loop;
    private final ExecutorService callbacks = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration connectTimeout;

    /// @param connectTimeout for the connection itself
    LinkNetwork(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
        GRPC.setLevel(Level.SEVERE);
        this.loop = new NioEventLoopGroup(1, Thread.ofPlatform().daemon().name("link").factory());
    }

    /// Nothing is sent before the first call. Close it with `shutdownNow()`.
    ///
    /// @param proof shown to the server; null for a machine that is no node yet
    ManagedChannel open(String server, ServerTrust trust, NodeIdentity.@Nullable Proof proof) {
        ServerAddress address = ServerAddress.parse(server);
        try {
            SslContextBuilder tls =
                    GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
                            .protocols("TLSv1.3")
                            .trustManager(trust);
            if (proof != null) {
                tls.keyManager(
                        proof.key().getPrivate(), proof.chain().toArray(X509Certificate[]::new));
            }
            return NettyChannelBuilder.forAddress(address.host(), address.port())
                    .sslContext(tls.build())
                    .eventLoopGroup(loop)
                    .channelType(NioSocketChannel.class)
                    .withOption(
                            ChannelOption.CONNECT_TIMEOUT_MILLIS,
                            Math.toIntExact(connectTimeout.toMillis()))
                    .executor(callbacks)
                    .offloadExecutor(callbacks)
                    .disableServiceConfigLookUp()
                    .disableRetry()
                    .keepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                    .keepAliveTimeout(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                    .maxInboundMessageSize(LARGEST_MESSAGE)
                    .build();
        } catch (SSLException unusable) {
            throw new LinkException("TLS cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    /// Close what is open.
    @Override
    public void close() {
        var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        callbacks.shutdown();
    }
}
