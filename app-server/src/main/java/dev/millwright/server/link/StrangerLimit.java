package dev.millwright.server.link;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Bounds how many connections one address may have without having shown a certificate. Those that
/// have shown one do not count, so that any number of nodes may live behind one address.
///
/// Sits in front of what accepts connections: one too many costs neither a thread nor a handshake.
/// Any thread.
@ChannelHandler.Sharable
final class StrangerLimit extends ChannelInboundHandlerAdapter {
    private final int limit;
    private final Set<InetSocketAddress> strangers = new HashSet<>();
    private final Map<InetAddress, Integer> counts = new HashMap<>();

    /// @param limit connections of one address
    StrangerLimit(int limit) {
        this.limit = limit;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Channel connection
                && connection.remoteAddress() instanceof InetSocketAddress remote) {
            if (!arrives(remote)) {
                connection.unsafe().closeForcibly();
                return;
            }
            var _ = connection.closeFuture().addListener(_ -> leaves(remote));
        }
        var _ = context.fireChannelRead(message);
    }

    /// Learns who has shown a certificate that TLS has accepted.
    ServerTransportFilter acquaintances() {
        return new ServerTransportFilter() {
            @Override
            public Attributes transportReady(Attributes attributes) {
                if (LinkAccess.certificate(attributes).isPresent()) {
                    leaves(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
                }
                return attributes;
            }
        };
    }

    private synchronized boolean arrives(InetSocketAddress remote) {
        int present = counts.getOrDefault(remote.getAddress(), 0);
        if (present >= limit) {
            return false;
        }
        if (strangers.add(remote)) {
            counts.put(remote.getAddress(), present + 1);
        }
        return true;
    }

    private synchronized void leaves(@Nullable SocketAddress remote) {
        if (remote instanceof InetSocketAddress address && strangers.remove(address)) {
            var _ =
                    counts.computeIfPresent(
                            address.getAddress(), (_, count) -> count > 1 ? count - 1 : null);
        }
    }
}
