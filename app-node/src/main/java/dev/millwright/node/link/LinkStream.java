package dev.millwright.node.link;

import dev.millwright.link.v1.NodeLinkGrpc;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.link.v1.ServerMessage;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One gRPC stream to one server. [#accept] and [#interrupt] are called from any thread, the rest
/// from one.
final class LinkStream
        implements ClientResponseObserver<NodeMessage, ServerMessage>, Consumer<NodeMessage> {
    private final BlockingQueue<Event> inbox = new LinkedBlockingQueue<>();
    private final Object sending = new Object();
    private @Nullable ClientCallStreamObserver<NodeMessage> requests;
    private boolean over;

    /// What can come out of a stream.
    sealed interface Event {
        record Message(ServerMessage message) implements Event {}

        /// Nothing more comes.
        record Over(Status status) implements Event {}

        /// Somebody in here wants to have it ended.
        record Interrupted() implements Event {}
    }

    static LinkStream open(Channel channel) {
        LinkStream stream = new LinkStream();
        var _ = NodeLinkGrpc.newStub(channel).connect(stream);
        return stream;
    }

    /// The next event; null when none came in time.
    @Nullable Event next(long nanos) throws InterruptedException {
        return inbox.poll(nanos, TimeUnit.NANOSECONDS);
    }

    void interrupt() {
        inbox.add(new Event.Interrupted());
    }

    /// Send a message, unless the stream is over: then it is lost, as on any broken connection.
    @Override
    public void accept(NodeMessage message) {
        synchronized (sending) {
            if (requests != null && !over) {
                try {
                    requests.onNext(message);
                } catch (IllegalStateException ended) {
                    over = true;
                }
            }
        }
    }

    /// Say that nothing more will be sent.
    void complete() {
        synchronized (sending) {
            if (requests != null && !over) {
                over = true;
                requests.onCompleted();
            }
        }
    }

    /// Let go of it at once.
    void drop() {
        synchronized (sending) {
            over = true;
            if (requests != null) {
                requests.cancel("dropped by the node", null);
            }
        }
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<NodeMessage> own) {
        synchronized (sending) {
            requests = own;
        }
    }

    @Override
    public void onNext(ServerMessage message) {
        inbox.add(new Event.Message(message));
    }

    @Override
    public void onError(Throwable problem) {
        inbox.add(new Event.Over(Status.fromThrowable(problem)));
    }

    @Override
    public void onCompleted() {
        inbox.add(new Event.Over(Status.OK));
    }
}
