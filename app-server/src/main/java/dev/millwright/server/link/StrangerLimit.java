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
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Bounds how many connections may be open that have not shown a certificate: of one address, and
/// in all. Those that have shown one do not count, so that any number of nodes may live behind one
/// address.
///
/// Sits in front of what accepts connections: one too many costs neither a thread nor a handshake.
/// When there are too many in all, the address that has the most loses its oldest one: a node that
/// comes in meanwhile, with one connection that is a stranger's for a moment, is none of them. Any
/// thread.
@ChannelHandler.Sharable
final class StrangerLimit extends ChannelInboundHandlerAdapter {
    /// Of an IPv6 address: who has one address has the whole network below these bytes.
    private static final int NETWORK_BYTES = 8;

    private final int perAddress;
    private final int inAll;
    private final Map<ByteBuffer, Map<InetSocketAddress, Channel>> strangers = new HashMap<>();
    private int count;

    /// @param perAddress connections of one address, or of one network of IPv6
    /// @param inAll connections of all addresses together
    StrangerLimit(int perAddress, int inAll) {
        this.perAddress = perAddress;
        this.inAll = inAll;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Channel connection
                && connection.remoteAddress() instanceof InetSocketAddress remote) {
            if (!arrives(remote, connection)) {
                connection.unsafe().closeForcibly();
                return;
            }
            var _ = connection.closeFuture().addListener(_ -> leaves(remote));
            FrameLimit.watch(connection);
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

    private boolean arrives(InetSocketAddress remote, Channel connection) {
        Channel oldest = null;
        synchronized (this) {
            Map<InetSocketAddress, Channel> own =
                    strangers.computeIfAbsent(
                            network(remote.getAddress()), _ -> new LinkedHashMap<>());
            if (own.size() >= perAddress) {
                return false;
            }
            own.put(remote, connection);
            if (++count > inAll) {
                oldest = oldestOfTheMost();
            }
        }
        if (oldest != null) {
            var _ = oldest.close();
        }
        return true;
    }

    private Channel oldestOfTheMost() {
        Map<InetSocketAddress, Channel> most =
                strangers.values().stream().max(Comparator.comparingInt(Map::size)).orElseThrow();
        var oldest = most.entrySet().iterator().next();
        leaves(oldest.getKey());
        return oldest.getValue();
    }

    private synchronized void leaves(@Nullable SocketAddress remote) {
        if (remote instanceof InetSocketAddress address) {
            var _ =
                    strangers.computeIfPresent(
                            network(address.getAddress()),
                            (_, own) -> {
                                if (own.remove(address) != null) {
                                    count--;
                                }
                                return own.isEmpty() ? null : own;
                            });
        }
    }

    private static ByteBuffer network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
    }
}
