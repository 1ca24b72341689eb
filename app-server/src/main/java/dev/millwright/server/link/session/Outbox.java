package dev.millwright.server.link.session;

import dev.millwright.link.v1.ServerMessage;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.Queue;

/// What is said to one node: one message after the other, although gRPC's observer is for one
/// thread only, and no more waiting than a node can be expected to read soon.
///
/// Any thread; nothing blocks.
final class Outbox {
    /// A node that leaves this many unread has no use for them: it comes back and says Hello.
    static final int MESSAGES = 256;

    /// The same in bytes, because one assignment may be large.
    static final long BYTES = 4 * 1024 * 1024L;

    private final ServerCallStreamObserver<ServerMessage> to;
    private final Queue<ServerMessage> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean closed;

    Outbox(ServerCallStreamObserver<ServerMessage> to) {
        this.to = to;
    }

    /// What came of a message.
    enum Posting {
        ACCEPTED,
        /// It has certainly not gone out.
        CLOSED,
        /// It has not gone out, and the node reads too slowly to go on.
        FULL
    }

    synchronized Posting post(ServerMessage message) {
        if (closed) {
            return Posting.CLOSED;
        }
        if (waiting.isEmpty() && to.isReady()) {
            to.onNext(message);
            return Posting.ACCEPTED;
        }
        long size = message.getSerializedSize();
        if (waiting.size() >= MESSAGES || (waitingBytes > 0 && waitingBytes + size > BYTES)) {
            return Posting.FULL;
        }
        waiting.add(message);
        waitingBytes += size;
        return Posting.ACCEPTED;
    }

    /// The connection takes more.
    synchronized void flush() {
        while (!closed && !waiting.isEmpty() && to.isReady()) {
            ServerMessage next = waiting.remove();
            waitingBytes -= next.getSerializedSize();
            to.onNext(next);
        }
    }

    /// Say everything that waits, and that the stream is over.
    synchronized void complete() {
        if (!closed) {
            waiting.forEach(to::onNext);
            close();
            to.onCompleted();
        }
    }

    /// Say a last thing instead of everything that waits.
    synchronized void complete(ServerMessage last) {
        if (!closed) {
            close();
            to.onNext(last);
            to.onCompleted();
        }
    }

    synchronized void fail(Status why) {
        if (!closed) {
            close();
            to.onError(why.asRuntimeException());
        }
    }

    /// Nobody listens any more.
    synchronized void close() {
        closed = true;
        waiting.clear();
        waitingBytes = 0;
    }
}
