package dev.millwright.server.link;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Ends every call with a single answer after a while, whatever deadline the caller has or has not:
/// somebody who sends half of a question must not keep the connection busy for ever. Any thread.
final class CallLimit implements ServerInterceptor {
    private final ScheduledExecutorService timer;
    private final Duration limit;

    CallLimit(ScheduledExecutorService timer, Duration limit) {
        this.timer = timer;
        this.limit = limit;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (call.getMethodDescriptor().getType() != MethodType.UNARY) {
            return next.startCall(call, headers);
        }
        Timed<Q, A> timed = new Timed<>(call);
        timed.end = timer.schedule(timed::expire, limit.toMillis(), TimeUnit.MILLISECONDS);
        return next.startCall(timed, headers);
    }

    /// A call that two threads may close: the one that answers and the timer.
    private static final class Timed<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private volatile @Nullable Future<?> end;
        private boolean closed;

        Timed(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public synchronized void sendHeaders(Metadata headers) {
            if (!closed) {
                super.sendHeaders(headers);
            }
        }

        @Override
        public synchronized void sendMessage(A message) {
            if (!closed) {
                super.sendMessage(message);
            }
        }

        @Override
        public synchronized void close(Status status, Metadata trailers) {
            if (!closed) {
                closed = true;
                super.close(status, trailers);
            }
            Future<?> timer = end;
            if (timer != null) {
                var _ = timer.cancel(false);
            }
        }

        private void expire() {
            close(
                    Status.DEADLINE_EXCEEDED.withDescription("the call took too long"),
                    new Metadata());
        }
    }
}
