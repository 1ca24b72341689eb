package dev.millwright.bench.node;

import io.grpc.Attributes;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Opens connections for many nodes, few of them from one address: a server bounds how many of its
/// joins and of its unknown connections one address may have. Linux only, where all of 127.0.0.0/8
/// is this machine. Any thread.
final class Network implements AutoCloseable {
    private static final int NEIGHBOURS = 25;
    private static final int BYTE = 250;

    private final NioEventLoopGroup loop =
            new NioEventLoopGroup(2, Thread.ofPlatform().daemon().name("nodes").factory());
    private final ExecutorService callbacks = Executors.newVirtualThreadPerTaskExecutor();
    private final int port;

    /// @param port of the server's link
    Network(int port) {
        this.port = port;
    }

    /// @param place number of the node
    ManagedChannel open(int place, SslContext tls) {
        int house = place / NEIGHBOURS;
        String local = "127.0.%d.%d".formatted(1 + house / BYTE, 1 + house % BYTE);
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .sslContext(tls)
                .eventLoopGroup(loop)
                .channelType(NioSocketChannel.class)
                .localSocketPicker(
                        new NettyChannelBuilder.LocalSocketPicker() {
                            @Override
                            public InetSocketAddress createSocketAddress(
                                    SocketAddress remote, Attributes attributes) {
                                return new InetSocketAddress(local, 0);
                            }
                        })
                .executor(callbacks)
                .offloadExecutor(callbacks)
                .disableServiceConfigLookUp()
                .disableRetry()
                .build();
    }

    @Override
    public void close() {
        var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        callbacks.shutdownNow();
    }
}
