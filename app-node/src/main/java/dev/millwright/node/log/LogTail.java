package dev.millwright.node.log;

import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogChunkWriter;
import dev.millwright.model.log.LogPosition;
import dev.millwright.model.log.LogStream;
import dev.millwright.model.log.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Follow the two output files of a step while they grow and cut what is in them into chunks.
///
/// [#run] is called once, on a thread of its own; [#end] from any thread.
public final class LogTail {
    /// Takes the chunks, in order; may block.
    public interface Sink {
        void accept(LogChunk chunk) throws InterruptedException;
    }

    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(120);
    private static final long PARTIAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long SHORTEST_PAUSE_MILLIS = 2;
    private static final long LONGEST_PAUSE_MILLIS = 60;

    private final Path out;
    private final Path err;
    private final LogPosition from;
    private final long limit;
    private final Sink sink;
    private final Runnable onLimit;
    private final InstantSource clock;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile LogPosition position;
    private volatile boolean limitReached;
    private long taken;
    private long chunkSince;

    /// @param from what is stored already
    /// @param limit bytes of both streams after which the rest is dropped
    /// @param onLimit called once when the limit is reached
    public LogTail(
            Path out,
            Path err,
            LogPosition from,
            long limit,
            Sink sink,
            Runnable onLimit,
            InstantSource clock) {
        this.out = out;
        this.err = err;
        this.from = from;
        this.limit = limit;
        this.sink = sink;
        this.onLimit = onLimit;
        this.clock = clock;
        this.position = from;
        this.taken = from.outOffset() + from.errOffset();
    }

    /// No more will be written: [#run] takes what is there and returns.
    public void end() {
        ended.countDown();
    }

    /// How much has been handed to the sink.
    public LogPosition position() {
        return position;
    }

    public boolean isLimitReached() {
        return limitReached;
    }

    /// Returns when the end was announced and every byte has been handed over.
    public void run() throws IOException, InterruptedException {
        try (var writer = new LogChunkWriter(from);
                var outFile = new SpoolFile(LogStream.OUT, out, from.outOffset());
                var errFile = new SpoolFile(LogStream.ERR, err, from.errOffset())) {
            long pause = SHORTEST_PAUSE_MILLIS;
            while (true) {
                // Asked before reading: what was written before the end is surely read after it
                boolean last = ended.getCount() == 0;
                boolean moreOut = read(outFile, writer);
                boolean more = read(errFile, writer) || moreOut;
                if (more) {
                    pause = SHORTEST_PAUSE_MILLIS;
                    flushOld(writer);
                    continue;
                }
                flushPartial(outFile, writer, last);
                flushPartial(errFile, writer, last);
                if (last) {
                    flush(writer);
                    return;
                }
                flushOld(writer);
                if (!ended.await(pause, TimeUnit.MILLISECONDS)) {
                    pause = Math.min(LONGEST_PAUSE_MILLIS, pause + 1 + pause / 4);
                }
            }
        }
    }

    private boolean read(SpoolFile file, LogChunkWriter writer)
            throws IOException, InterruptedException {
        long left = limit - taken;
        if (left <= 0) {
            if (file.hasMore()) {
                reachLimit();
            }
            return false;
        }
        int before = file.available();
        if (!file.read(left)) {
            return false;
        }
        taken += file.available() - before;
        takeLines(file, writer);
        return true;
    }

    private void reachLimit() {
        if (!limitReached) {
            limitReached = true;
            onLimit.run();
        }
    }

    private void takeLines(SpoolFile file, LogChunkWriter writer) throws InterruptedException {
        long now = clock.millis();
        for (int newline = file.newline(); newline >= 0; newline = file.newline()) {
            take(file, writer, newline + 1 - file.start(), true, now);
        }
        if (file.isFull()) {
            take(file, writer, wholeCharacters(file), false, now);
        }
    }

    /// Parts of a long line end between two characters, if it is text at all.
    private static int wholeCharacters(SpoolFile file) {
        int length = file.available();
        for (int back = 0; back < 4; back++) {
            if ((file.buffer()[file.start() + length - 1 - back] & 0xC0) != 0x80) {
                boolean begins = (file.buffer()[file.start() + length - 1 - back] & 0xC0) == 0xC0;
                return begins ? length - 1 - back : length;
            }
        }
        return length;
    }

    private void take(SpoolFile file, LogChunkWriter writer, int length, boolean complete, long now)
            throws InterruptedException {
        Severity severity =
                file.isMidLine()
                        ? Severity.NONE
                        : LineSeverity.of(file.buffer(), file.start(), file.start() + length);
        int rest = length;
        while (rest > 0) {
            if (writer.room() < rest && !writer.isEmpty()) {
                flush(writer);
            }
            if (writer.isEmpty()) {
                chunkSince = System.nanoTime();
            }
            int part = Math.min(rest, writer.room());
            boolean whole = complete && part == rest;
            writer.add(
                    file.stream(),
                    severity,
                    file.isMidLine(),
                    whole,
                    now,
                    file.buffer(),
                    file.start(),
                    part);
            file.take(part, whole);
            rest -= part;
        }
    }

    /// What waits for its newline too long, such as a prompt or dots that tell of progress.
    private void flushPartial(SpoolFile file, LogChunkWriter writer, boolean last)
            throws InterruptedException {
        if (file.available() > 0 && (last || file.waitingNanos() > PARTIAL_NANOS)) {
            take(file, writer, file.available(), false, clock.millis());
        }
    }

    private void flushOld(LogChunkWriter writer) throws InterruptedException {
        if (!writer.isEmpty() && System.nanoTime() - chunkSince > FLUSH_NANOS) {
            flush(writer);
        }
    }

    private void flush(LogChunkWriter writer) throws InterruptedException {
        if (!writer.isEmpty()) {
            sink.accept(writer.cut());
            position = writer.position();
        }
    }
}
