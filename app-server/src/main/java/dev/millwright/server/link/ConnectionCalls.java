package dev.millwright.server.link;

import io.grpc.Attributes;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicInteger;

/// Bounds the calls that one connection has open at the same time. gRPC tells callers its limit,
/// and before 1.83.1 holds them to it only once they have acknowledged it (CVE-2026-47244), which
/// an attacker never does. Any thread.
final class ConnectionCalls implements ServerInterceptor {
    private static final Attributes.Key<AtomicInteger> OPEN = Attributes.Key.create("open-calls");

    private final int limit;

    /// @param limit calls of one connection
    ConnectionCalls(int limit) {
        this.limit = limit;
    }

    /// Gives each connection its count.
    ServerTransportFilter connections() {
        return new ServerTransportFilter() {
            @Override
            public Attributes transportReady(Attributes attributes) {
                return attributes.toBuilder().set(OPEN, new AtomicInteger()).build();
            }
        };
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        AtomicInteger open = call.getAttributes().get(OPEN);
        if (open == null || open.incrementAndGet() > limit) {
            if (open != null) {
                var _ = open.decrementAndGet();
            }
            call.close(
                    Status.RESOURCE_EXHAUSTED.withDescription(
                            "a connection may have %d calls at the same time".formatted(limit)),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            @Override
            public void onComplete() {
                var _ = open.decrementAndGet();
                super.onComplete();
            }

            @Override
            public void onCancel() {
                var _ = open.decrementAndGet();
                super.onCancel();
            }
        };
    }
}
