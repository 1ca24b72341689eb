package dev.millwright.server.link;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;

/// What one connection may cost the server, whoever is at its other end.
final class LinkLimits {
    /// Of one message, in bytes. A chunk of log has 64 KiB and an end hardly more; the rest is for
    /// the Hello of a node with thousands of attempts and workspaces.
    static final int MESSAGE = 1024 * 1024;

    /// Of the headers of one call, in bytes. Nodes send a few hundred.
    static final int METADATA = 16 * 1024;

    /// Calls at the same time on one connection. A node has one stream, and renews.
    static final int CALLS = 16;

    /// Calls that a connection may give up within [#RESET_SECONDS]: a node gives up hardly any, a
    /// "rapid reset" attack lives from it.
    static final int RESETS = 100;

    static final int RESET_SECONDS = 10;

    /// For TLS, in seconds.
    static final int HANDSHAKE = 5;

    /// How often the server asks whether the other end is there, and how long it waits for the
    /// answer, in seconds: half of an open connection is found within both together.
    static final int KEEP_ALIVE = 10;

    /// How often a node may ask the same, in seconds, with some room for jitter.
    static final int NODE_KEEP_ALIVE = 5;

    /// How long a connection may do nothing, in seconds. It is closed up to 10 s after that.
    static final int IDLE = 15;

    /// After how many minutes a node has to connect anew, so that nodes spread over the servers
    /// again after one was away.
    static final int AGE = 30;

    static final int AGE_GRACE = 5;

    /// What the other end may send ahead of being read, in bytes.
    private static final int WINDOW = 256 * 1024;

    private LinkLimits() {}

    static NettyServerBuilder apply(NettyServerBuilder server) {
        return server.maxInboundMessageSize(MESSAGE)
                .maxInboundMetadataSize(METADATA)
                .maxConcurrentCallsPerConnection(CALLS)
                .maxRstFramesPerWindow(RESETS, RESET_SECONDS)
                .flowControlWindow(WINDOW)
                .handshakeTimeout(HANDSHAKE, SECONDS)
                .keepAliveTime(KEEP_ALIVE, SECONDS)
                .keepAliveTimeout(KEEP_ALIVE, SECONDS)
                .permitKeepAliveTime(NODE_KEEP_ALIVE, SECONDS)
                .permitKeepAliveWithoutCalls(false)
                .maxConnectionIdle(IDLE, SECONDS)
                .maxConnectionAge(AGE, MINUTES)
                .maxConnectionAgeGrace(AGE_GRACE, MINUTES);
    }
}
