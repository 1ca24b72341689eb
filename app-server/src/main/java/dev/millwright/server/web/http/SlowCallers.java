package dev.millwright.server.web.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/// Cuts off callers who send a byte now and then, which no limit of silence notices: the head of a
/// request has to be complete some time after its first byte, and a body has to come with some
/// speed. Connections on which nothing is under way are left to the limit of silence. Any thread.
final class SlowCallers implements Connection.Listener {
    /// Of a body, once its first seconds are over.
    static final int BYTES_PER_SECOND = 4 << 10;

    private static final int LOOKS = 20;

    private final Duration patience;
    private final Map<Connection, Caller> callers = new ConcurrentHashMap<>();
    private final Set<Body> bodies = ConcurrentHashMap.newKeySet();

    /// @param patience for a head; for a body before its speed counts
    SlowCallers(Duration patience) {
        this.patience = patience;
    }

    /// Look at all callers, again and again until the scheduler stops.
    void watch(Scheduler scheduler) {
        long now = System.nanoTime();
        callers.forEach((connection, caller) -> {
            if (caller.isLate(connection.getBytesIn(), now, patience.toNanos())) {
                cut(connection.getEndPoint(), "a request");
            }
        });
        for (Body body : bodies) {
            if (body.isLate(now, patience.toNanos())) {
                cut(body.from, "a body");
            }
        }
        var _ =
                scheduler.schedule(
                        () -> watch(scheduler),
                        Math.max(1, patience.toMillis() / LOOKS),
                        TimeUnit.MILLISECONDS);
    }

    private static void cut(EndPoint slow, String what) {
        slow.close(new TimeoutException(what + " came too slowly"));
    }

    @Override
    public void onOpened(Connection connection) {
        callers.put(connection, new Caller());
    }

    @Override
    public void onClosed(Connection connection) {
        var _ = callers.remove(connection);
    }

    /// The head of a request is complete.
    void began(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        Caller caller = callers.get(connection);
        if (caller != null) {
            caller.began();
            Request.addCompletionListener(request, _ -> caller.ended(connection.getBytesIn()));
        }
    }

    /// The body of a request; reading it fails when it comes too slowly.
    InputStream body(Request request) {
        return new Body(
                Content.Source.asInputStream(request),
                request.getConnectionMetaData().getConnection().getEndPoint());
    }

    /// One connection.
    private static final class Caller {
        private int requests;
        private long seen;
        private long headSince;
        private boolean inHead;

        synchronized void began() {
            requests++;
            inHead = false;
        }

        synchronized void ended(long bytes) {
            requests--;
            seen = bytes;
        }

        synchronized boolean isLate(long bytes, long now, long patience) {
            if (requests > 0 || bytes == seen) {
                return false;
            }
            if (!inHead) {
                inHead = true;
                headSince = now;
            }
            return now - headSince > patience;
        }
    }

    /// Registered while somebody waits for it.
    private final class Body extends FilterInputStream {
        private final EndPoint from;
        private final long since = System.nanoTime();
        private final AtomicLong received = new AtomicLong();

        Body(InputStream in, EndPoint from) {
            super(in);
            this.from = from;
        }

        boolean isLate(long now, long patience) {
            long earned = TimeUnit.SECONDS.toNanos(received.get()) / BYTES_PER_SECOND;
            return now - since > patience + earned;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            bodies.add(this);
            try {
                return counted(super.read(bytes, offset, length));
            } finally {
                bodies.remove(this);
            }
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] some = new byte[8 << 10];
            long skipped = 0;
            while (skipped < count) {
                int next = read(some, 0, (int) Math.min(some.length, count - skipped));
                if (next < 0) {
                    break;
                }
                skipped += next;
            }
            return skipped;
        }

        private int counted(int next) {
            var _ = received.addAndGet(Math.max(0, next));
            return next;
        }
    }
}
