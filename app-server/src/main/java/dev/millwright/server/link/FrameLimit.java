package dev.millwright.server.link;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelPipeline;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes a connection over which more frames of HTTP/2 come than anybody needs: settings,
/// priorities, windows, empty data, and whatever else costs nothing to send. gRPC itself bounds
/// only some kinds of them.
///
/// Sits between TLS and gRPC and changes nothing. One connection, on its own thread.
final class FrameLimit extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(FrameLimit.class);

    /// The words that every connection of HTTP/2 begins with.
    private static final int PREFACE = 24;

    private static final int HEAD = 9;
    private static final int DATA = 0;
    private static final int PING = 6;
    private static final int ACKNOWLEDGEMENT = 1;

    private final LongSupplier nanos;
    private final byte[] head = new byte[HEAD];
    private int headBytes;
    private long skipped = PREFACE;
    private long windowStart;
    private int frames;
    private boolean closing;

    /// @param nanos a monotonic clock
    FrameLimit(LongSupplier nanos) {
        this.nanos = nanos;
        this.windowStart = nanos.getAsLong();
    }

    /// Look after a connection that was accepted and has not sent anything yet.
    static void watch(Channel connection) {
        var _ = connection.pipeline().addLast(new Arrival());
    }

    /// Waits until gRPC has put TLS into the pipeline.
    private static final class Arrival extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ChannelPipeline pipeline = context.pipeline();
            String tls = pipeline.context(SslHandler.class).name();
            var _ = pipeline.addAfter(tls, null, new FrameLimit(System::nanoTime));
            var _ = context.fireChannelRead(message);
            var _ = pipeline.remove(this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!closing && message instanceof ByteBuf bytes && exceeds(bytes)) {
            closing = true;
            log.debug(
                    "{} sent more than {} frames within {} s; its connection is closed",
                    context.channel().remoteAddress(),
                    LinkLimits.FRAMES,
                    LinkLimits.FRAME_SECONDS);
            bytes.release();
            var _ = context.close();
            return;
        }
        var _ = context.fireChannelRead(message);
    }

    private boolean exceeds(ByteBuf bytes) {
        int end = bytes.writerIndex();
        for (int at = bytes.readerIndex(); at < end; ) {
            if (skipped > 0) {
                int step = (int) Math.min(skipped, end - at);
                skipped -= step;
                at += step;
                continue;
            }
            head[headBytes++] = bytes.getByte(at++);
            if (headBytes == HEAD) {
                headBytes = 0;
                skipped = length();
                if (counts() && isTooMany()) {
                    return true;
                }
            }
        }
        return false;
    }

    private int length() {
        return ((head[0] & 0xff) << 16) | ((head[1] & 0xff) << 8) | (head[2] & 0xff);
    }

    /// Nodes send as much data as they have, and ask for signs of life while they receive, which
    /// gRPC bounds.
    private boolean counts() {
        return switch (head[3]) {
            case DATA -> length() == 0;
            case PING -> (head[4] & ACKNOWLEDGEMENT) != 0;
            default -> true;
        };
    }

    private boolean isTooMany() {
        long now = nanos.getAsLong();
        if (now - windowStart > LinkLimits.FRAME_SECONDS * 1_000_000_000L) {
            windowStart = now;
            frames = 0;
        }
        return ++frames > LinkLimits.FRAMES;
    }
}
