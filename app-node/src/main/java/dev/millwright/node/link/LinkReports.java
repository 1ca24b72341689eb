package dev.millwright.node.link;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.millwright.link.v1.NodeMessage;
import dev.millwright.model.AttemptId;
import dev.millwright.model.log.LogChunk;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.NodeReports;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells the server what attempts report and waits until it has stored it, over as many connections
/// as that takes. At most one report of each attempt is under way. Called from any thread; an
/// interrupt ends the waiting.
public final class LinkReports implements NodeReports {
    private static final int END = -1;

    private static final long FIRST_REPEAT = 3_000;
    private static final long LONGEST_REPEAT = 10_000;

    private final long firstRepeat;
    private final Map<AttemptId, Pending> pending = new HashMap<>();
    private @Nullable Consumer<NodeMessage> line;

    public LinkReports() {
        this(FIRST_REPEAT);
    }

    /// @param firstRepeat milliseconds after which a report without an answer is made again
    LinkReports(long firstRepeat) {
        this.firstRepeat = firstRepeat;
    }

    /// @param sequence of the chunk; [#END] for the end
    private record Pending(int sequence, NodeMessage message, CountDownLatch stored) {}

    @Override
    public void log(AttemptId attempt, long fence, LogChunk chunk) {
        tell(
                attempt,
                chunk.sequence(),
                NodeMessage.newBuilder().setLog(Wire.log(attempt, fence, chunk)).build());
    }

    @Override
    public void ended(AttemptId attempt, long fence, AttemptEnd end) {
        tell(
                attempt,
                END,
                NodeMessage.newBuilder().setEnded(Wire.ended(attempt, fence, end)).build());
    }

    private void tell(AttemptId attempt, int sequence, NodeMessage message) {
        Pending own = new Pending(sequence, message, new CountDownLatch(1));
        synchronized (this) {
            pending.put(attempt, own);
            if (line != null) {
                line.accept(message);
            }
        }
        try {
            for (long pause = firstRepeat; !own.stored().await(pause, MILLISECONDS); ) {
                repeat(own);
                pause = Math.min(LONGEST_REPEAT, pause * 2);
            }
        } catch (InterruptedException goingDown) {
            Thread.currentThread().interrupt();
            throw new LinkException("a report was broken off", goingDown);
        } finally {
            synchronized (this) {
                pending.remove(attempt, own);
            }
        }
    }

    /// A server that cannot store a report, because its database is away, says nothing and stays
    /// connected.
    private synchronized void repeat(Pending own) {
        if (line != null && own.stored().getCount() > 0) {
            line.accept(own.message());
        }
    }

    /// From now on reports go this way; those that wait are made again.
    synchronized void settled(Consumer<NodeMessage> way) {
        line = way;
        pending.values().forEach(one -> way.accept(one.message()));
    }

    /// There is no connection; reports wait for the next one.
    synchronized void broken() {
        line = null;
    }

    /// Nobody wants to hear of the attempt: what waits is not told any more.
    synchronized void drop(AttemptId attempt) {
        Pending waiting = pending.remove(attempt);
        if (waiting != null) {
            waiting.stored().countDown();
        }
    }

    void logStored(AttemptId attempt, int sequence) {
        stored(attempt, sequence);
    }

    void endStored(AttemptId attempt) {
        stored(attempt, END);
    }

    private synchronized void stored(AttemptId attempt, int sequence) {
        Pending waiting = pending.get(attempt);
        if (waiting != null && waiting.sequence() == sequence) {
            waiting.stored().countDown();
        }
    }
}
