package dev.millwright.docker.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.api.model.WaitResponse;
import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Copies the output of a container into the two files of its attempt.
///
/// The engine keeps all output from the first byte on and always tells it from there. What stands
/// in the files already is passed over, so after a break, of the connection or of the node, copying
/// goes on where it stopped, to the byte.
///
/// Docker before version 23 may leave out the last lines for who follows: when they are written
/// while the container ends, either wakes its follower, by chance. So the end is compared with what
/// the engine tells afterwards, and read again when it differs.
///
/// Written by one thread of the client.
public final class LogCopy extends ResultCallback.Adapter<Frame> {
    private static final Duration STILL = Duration.ofSeconds(20);

    private final Sink out;
    private final Sink err;
    private final FrameTail tail = new FrameTail();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable IOException full;

    /// One stream.
    private static final class Sink implements AutoCloseable {
        private final OutputStream file;
        private long toPassOver;

        Sink(Path path) throws IOException {
            this.toPassOver = Files.exists(path) ? Files.size(path) : 0;
            this.file =
                    Files.newOutputStream(
                            path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        synchronized void write(byte[] bytes) throws IOException {
            int known = (int) Math.min(toPassOver, bytes.length);
            toPassOver -= known;
            file.write(bytes, known, bytes.length - known);
        }

        @Override
        public synchronized void close() throws IOException {
            file.close();
        }
    }

    private LogCopy(Sink out, Sink err) {
        this.out = out;
        this.err = err;
    }

    /// Copy until the container has ended. False when some output may be missing, since the engine
    /// did not tell it in time. Throws [IOException] when a file cannot be written, and what
    /// [Engine#ask] throws.
    public static boolean toTheEnd(Engine engine, String container, WorkOrder order)
            throws IOException, InterruptedException {
        return toTheEnd(engine, container, order, STILL);
    }

    /// @param still after how long without a piece the end is no longer awaited
    static boolean toTheEnd(Engine engine, String container, WorkOrder order, Duration still)
            throws IOException, InterruptedException {
        FrameTail followed;
        try (LogCopy copy = LogCopy.of(order)) {
            engine.tell(client -> command(client, container).withFollowStream(true).exec(copy));
            engine.tell(client ->
                    client.waitContainerCmd(container)
                            .exec(new ResultCallback.Adapter<WaitResponse>())
                            .awaitCompletion());
            boolean told = engine.ask(_ -> copy.awaitRest(still));
            copy.check();
            if (!told) {
                return false;
            }
            followed = copy.tail;
        }
        if (!followed.isWhole(end(engine, container))) {
            again(engine, container, order);
        }
        return true;
    }

    /// False when nothing has come for long, without an end.
    private boolean awaitRest(Duration still) throws InterruptedException {
        long before;
        do {
            before = tail.count();
            // The client's own wait with a limit closes everything when the limit is reached
            if (over.await(still.toNanos(), TimeUnit.NANOSECONDS)) {
                var _ = awaitCompletion();
                return true;
            }
        } while (tail.count() > before);
        return false;
    }

    private static LogCopy of(WorkOrder order) throws IOException {
        return new LogCopy(new Sink(order.outFile()), new Sink(order.errFile()));
    }

    private static LogContainerCmd command(DockerClient client, String container) {
        return client.logContainerCmd(container).withStdOut(true).withStdErr(true);
    }

    private static FrameTail end(Engine engine, String container) throws InterruptedException {
        FrameTail end = new FrameTail();
        engine.tell(client ->
                command(client, container)
                        .withTail(FrameTail.FRAMES)
                        .exec(
                                new ResultCallback.Adapter<Frame>() {
                                    @Override
                                    public void onNext(Frame frame) {
                                        end.add(frame);
                                    }
                                })
                        .awaitCompletion());
        return end;
    }

    private static void again(Engine engine, String container, WorkOrder order)
            throws IOException, InterruptedException {
        try (LogCopy copy = LogCopy.of(order)) {
            engine.tell(client -> command(client, container).exec(copy).awaitCompletion());
            copy.check();
        }
    }

    @Override
    public void onNext(Frame frame) {
        tail.add(frame);
        if (full == null) {
            try {
                (frame.getStreamType() == StreamType.STDERR ? err : out).write(frame.getPayload());
            } catch (IOException refused) {
                full = refused;
            }
        }
    }

    private void check() throws IOException {
        IOException refused = full;
        if (refused != null) {
            throw refused;
        }
    }

    @Override
    public void close() throws IOException {
        try (out;
                err) {
            super.close();
        } finally {
            over.countDown();
        }
    }
}
