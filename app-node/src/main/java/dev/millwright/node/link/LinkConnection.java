package dev.millwright.node.link;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way to one server. Any thread.
final class LinkConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LinkConnection.class);

    /// How long the other side gets to hear that this is the end.
    private static final long GOODBYE_MILLIS = 1_000;

    private final ManagedChannel channel;
    private final LinkSockets sockets;
    private final Executor threads;

    LinkConnection(ManagedChannel channel, LinkSockets sockets, Executor threads) {
        this.channel = channel;
        this.sockets = sockets;
        this.threads = threads;
    }

    /// For calls. Those that fail say why the socket broke, when that is why.
    Channel channel() {
        return ClientInterceptors.intercept(channel, new Reasons());
    }

    /// End all calls at once, and a moment later what is left of the connection. Where the network
    /// carries nothing any more it would otherwise stay for many minutes: what waits there for a
    /// byte, or to get rid of one, is not woken by the channel.
    @Override
    public void close() {
        channel.shutdownNow();
        threads.execute(this::cut);
    }

    private void cut() {
        try {
            var _ = channel.awaitTermination(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        try {
            sockets.close();
        } catch (IOException broken) {
            log.debug("a connection could not be closed", broken);
        }
    }

    private final class Reasons implements ClientInterceptor {
        @Override
        public <A, B> ClientCall<A, B> interceptCall(
                MethodDescriptor<A, B> method, CallOptions options, Channel next) {
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void start(Listener<B> listener, Metadata headers) {
                    super.start(
                            new SimpleForwardingClientCallListener<B>(listener) {
                                @Override
                                public void onClose(Status status, Metadata trailers) {
                                    super.onClose(withReason(status), trailers);
                                }
                            },
                            headers);
                }
            };
        }
    }

    private Status withReason(Status status) {
        return status.getCode() == Status.Code.UNAVAILABLE && status.getCause() == null
                ? status.withCause(sockets.problem().orElse(null))
                : status;
    }
}
