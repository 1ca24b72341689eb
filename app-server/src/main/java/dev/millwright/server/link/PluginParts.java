package dev.millwright.server.link;

import com.google.protobuf.UnsafeByteOperations;
import dev.millwright.link.v1.FetchPluginRequest;
import dev.millwright.link.v1.PluginPart;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives nodes the files of plugins, in parts, and to a few nodes at a time: what is on its way is
/// in memory. Any thread.
final class PluginParts {
    /// The most that is given at once, in bytes.
    static final int LARGEST = 256 * 1024;

    /// How many parts may be on their way.
    static final int UNDER_WAY = 64;

    private static final Logger log = LoggerFactory.getLogger(PluginParts.class);

    private final PluginShelf shelf;
    private final Semaphore free = new Semaphore(UNDER_WAY);

    PluginParts(PluginShelf shelf) {
        this.shelf = shelf;
    }

    void answer(FetchPluginRequest request, StreamObserver<PluginPart> reply) {
        if (!free.tryAcquire()) {
            refuse(reply, Status.RESOURCE_EXHAUSTED, "too many nodes fetch plugins; try again");
            return;
        }
        AtomicBoolean held = new AtomicBoolean(true);
        Runnable release =
                () -> {
                    if (held.getAndSet(false)) {
                        free.release();
                    }
                };
        ServerCallStreamObserver<PluginPart> call = (ServerCallStreamObserver<PluginPart>) reply;
        call.setOnCloseHandler(release);
        call.setOnCancelHandler(release);
        try {
            give(request, reply);
        } catch (IOException | RuntimeException broken) {
            log.warn("a plugin cannot be given to a node", broken);
            refuse(reply, Status.UNAVAILABLE, "the server cannot read the file at the moment");
        }
    }

    private void give(FetchPluginRequest request, StreamObserver<PluginPart> reply)
            throws IOException {
        if (request.getOffset() < 0 || request.getLength() <= 0) {
            refuse(reply, Status.INVALID_ARGUMENT, "there is no such part");
            return;
        }
        Optional<byte[]> part =
                shelf.part(
                        request.getSha256(),
                        request.getOffset(),
                        Math.min(request.getLength(), LARGEST));
        if (part.isEmpty()) {
            refuse(reply, Status.NOT_FOUND, "this server has no such plugin any more");
            return;
        }
        reply.onNext(
                PluginPart.newBuilder()
                        .setData(UnsafeByteOperations.unsafeWrap(part.get()))
                        .build());
        reply.onCompleted();
    }

    private static void refuse(StreamObserver<?> reply, Status status, String why) {
        reply.onError(status.withDescription(why).asRuntimeException());
    }
}
