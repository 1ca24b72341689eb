package dev.millwright.gitpoll;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What one look may take: time and bytes. When the time is over, whatever was opened is closed
/// under the hands of who waits for it, since not every wait can be interrupted.
///
/// Called from any thread.
final class Budget implements AutoCloseable {
    private final Duration time;
    private final long began = System.nanoTime();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Closeable> atTimeout = new ArrayList<>();
    private final List<Closeable> atEnd = new ArrayList<>();
    private long bytesLeft;

    private Budget(Duration time, long bytes) {
        this.time = time;
        this.bytesLeft = bytes;
    }

    static Budget start(Duration time, long bytes) {
        Budget budget = new Budget(time, bytes);
        Thread.ofVirtual().name("git-poll-budget").start(budget::watch);
        return budget;
    }

    /// For everything together; no single silence needs to last longer.
    Duration time() {
        return time;
    }

    private void watch() {
        try {
            if (!over.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                expire();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void expire() {
        List<Closeable> closing;
        synchronized (this) {
            closing = new ArrayList<>(atTimeout);
            closing.addAll(atEnd);
        }
        closing.forEach(Budget::closeQuietly);
    }

    private static void closeQuietly(Closeable one) {
        try {
            one.close();
        } catch (IOException gone) {
            // It was closed already
        }
    }

    /// Close that when the time is over. Throws when it is over already.
    synchronized void guard(Closeable one) throws InterruptedIOException {
        checkTime();
        atTimeout.add(one);
    }

    /// Close that at the end of the look, also when all went well.
    synchronized void own(Closeable one) throws InterruptedIOException {
        atEnd.add(one);
        checkTime();
    }

    /// Whether the time is over, also when nobody has come to close what is open.
    boolean isLate() {
        return System.nanoTime() - began >= time.toNanos();
    }

    private void checkTime() throws InterruptedIOException {
        if (isLate()) {
            throw new InterruptedIOException(lateness());
        }
    }

    String lateness() {
        return "it took longer than %d s".formatted(time.toSeconds());
    }

    private synchronized void spend(long bytes) throws IOException {
        checkTime();
        bytesLeft -= Math.max(0, bytes);
        if (bytesLeft < 0) {
            throw new IOException("it sends more than a look may read");
        }
    }

    /// From now on as many bytes may be read, whatever was read before.
    synchronized void allow(long bytes) {
        bytesLeft = bytes;
    }

    /// The stream, counted.
    InputStream count(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                spend(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte @Nullable [] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                spend(count);
                return count;
            }
        };
    }

    /// The look is over; what it opened is closed.
    @Override
    public void close() {
        over.countDown();
        List<Closeable> closing;
        synchronized (this) {
            closing = List.copyOf(atEnd);
        }
        closing.forEach(Budget::closeQuietly);
    }
}
