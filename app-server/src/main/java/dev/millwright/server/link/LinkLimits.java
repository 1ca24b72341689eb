package dev.millwright.server.link;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;

/// What connections may cost the server, whoever is at their other end.
final class LinkLimits {
    /// Of one message, in bytes. A chunk of log has 64 KiB and an end hardly more; the rest is for
    /// the Hello of a node with thousands of attempts and workspaces.
    static final int MESSAGE = 1024 * 1024;

    /// Of the headers of one call, in bytes. Nodes send a few hundred.
    static final int METADATA = 16 * 1024;

    /// Calls at the same time on one connection. A node has one stream, and renews.
    static final int CALLS = 16;

    /// Connections of one address that have not shown a certificate.
    static final int STRANGERS = 100;

    /// Such connections of all addresses.
    static final int ALL_STRANGERS = 1_000;

    /// Calls that a connection may give up within [#RESET_SECONDS]: a node gives up hardly any, a
    /// "rapid reset" attack lives from it.
    static final int RESETS = 100;

    static final int RESET_SECONDS = 10;

    /// Frames that carry neither data nor a question for a sign of life, within [#FRAME_SECONDS]. A
    /// node sends a handful.
    static final int FRAMES = 1_000;

    static final int FRAME_SECONDS = 10;

    /// How often a node may ask whether the server is there, in seconds, with some room for jitter.
    static final int NODE_KEEP_ALIVE = 5;

    /// After how many minutes a node has to connect anew, so that nodes spread over the servers
    /// again after one was away.
    static final int AGE = 30;

    static final int AGE_GRACE = 5;

    /// What the other end may send ahead of being read, in bytes.
    private static final int WINDOW = 256 * 1024;

    private LinkLimits() {}

    static NettyServerBuilder apply(NettyServerBuilder server, LinkPatience patience) {
        return server.maxInboundMessageSize(MESSAGE)
                .maxInboundMetadataSize(METADATA)
                .maxConcurrentCallsPerConnection(CALLS)
                .maxRstFramesPerWindow(RESETS, RESET_SECONDS)
                .flowControlWindow(WINDOW)
                .handshakeTimeout(patience.handshake().toMillis(), MILLISECONDS)
                .keepAliveTime(patience.keepAlive().toMillis(), MILLISECONDS)
                .keepAliveTimeout(patience.keepAlive().toMillis(), MILLISECONDS)
                .permitKeepAliveTime(NODE_KEEP_ALIVE, SECONDS)
                .permitKeepAliveWithoutCalls(false)
                .maxConnectionIdle(patience.idle().toMillis(), MILLISECONDS)
                .maxConnectionAge(AGE, MINUTES)
                .maxConnectionAgeGrace(AGE_GRACE, MINUTES);
    }
}
