package dev.millwright.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The body of an answer, whose reading ends when it stands still. It may be as long and as slow as
/// it likes, and so may its reader: only waiting for the next bytes counts. One thread reads.
final class FlowingBody extends FilterInputStream {
    private static final long NOT_WAITING = 0;

    private final Duration silence;
    private final Future<?> guard;
    private volatile long waitingSince = NOT_WAITING;
    private volatile boolean silent;

    /// @param silence how long to wait for the next bytes, up to a quarter more
    /// @param threads for a thread that keeps an eye on the reading
    FlowingBody(InputStream body, Duration silence, ExecutorService threads) {
        super(body);
        this.silence = silence;
        this.guard = threads.submit(this::endSilence);
    }

    private interface Read {
        int next() throws IOException;
    }

    @Override
    public int read() throws IOException {
        return waitFor(super::read);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        return waitFor(() -> super.read(to, offset, length));
    }

    private int waitFor(Read read) throws IOException {
        // The lowest bit keeps it apart from zero, which means that nobody waits
        waitingSince = System.nanoTime() | 1;
        try {
            int value = read.next();
            if (value < 0 && silent) {
                throw stopped(null);
            }
            return value;
        } catch (SocketTimeoutException stopped) {
            throw stopped;
        } catch (IOException broken) {
            throw silent ? stopped(broken) : broken;
        } finally {
            waitingSince = NOT_WAITING;
        }
    }

    private static IOException stopped(@Nullable IOException how) {
        SocketTimeoutException stopped =
                new SocketTimeoutException("the answer stopped in its middle");
        if (how != null) {
            stopped.initCause(how);
        }
        return stopped;
    }

    private void endSilence() {
        try {
            while (!silent) {
                Thread.sleep(silence.dividedBy(4));
                long since = waitingSince;
                silent = since != NOT_WAITING && System.nanoTime() - since > silence.toNanos();
            }
            in.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException _) {
            // The reader is awake either way.
        }
    }

    @Override
    public void close() throws IOException {
        guard.cancel(true);
        super.close();
    }
}
