package dev.millwright.server.log;

import dev.millwright.model.AttemptId;
import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogChunkReader;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.log.LogPosition;
import dev.millwright.model.log.LogStream;
import dev.millwright.server.store.Broadcast;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.StoreException;
import dev.millwright.server.store.Tx;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Keep the logs of attempts.
///
/// Called from any thread.
public final class LogStore {
    /// How many chunks are taken from the database at once.
    private static final int CHUNKS = 8;

    /// A page holds no more than about this many bytes of text, and a search looks at no more than
    /// about this many chunks, or for about this long.
    private static final long PAGE_BYTES = 8 << 20;

    private static final int SEARCH_CHUNKS = 2_000;
    private static final Duration SEARCH_TIME = Duration.ofSeconds(3);

    private static final String CHANNEL = "millwright_logs";

    private final Database database;
    private final Map<AttemptId, Set<LogFollower>> followers = new ConcurrentHashMap<>();

    private LogStore(Database database) {
        this.database = database;
    }

    public static LogStore create(Database database) {
        LogStore logs = new LogStore(database);
        database.broadcast().listen(CHANNEL, logs.new Others());
        return logs;
    }

    /// Store a chunk; it is safe when this returns. A chunk that is there already is ignored, one
    /// that leaves a hole is refused.
    public void append(AttemptId attempt, LogChunk chunk) {
        database.change(tx -> {
            LogDao dao = tx.dao(LogDao.class);
            if (dao.moveOn(attempt, chunk, chunk.data().length) == 1) {
                dao.insert(attempt, dao.end(attempt).orElseThrow().placed(chunk));
                tx.afterCommit(() -> wake(attempt));
            } else {
                refuseHole(attempt, chunk, dao);
            }
        });
    }

    private static void refuseHole(AttemptId attempt, LogChunk chunk, LogDao dao) {
        LogDao.End end =
                dao.end(attempt)
                        .orElseThrow(() ->
                                new StoreException(
                                        "attempt %s is unknown; its log cannot be kept"
                                                .formatted(attempt)));
        LogPosition expected = end.atNode();
        if (chunk.sequence() >= expected.sequence()) {
            throw new StoreException(
                    "attempt %s: log chunk %d (line %d) does not follow what is stored; expected chunk %d (line %d)"
                            .formatted(
                                    attempt,
                                    chunk.sequence(),
                                    chunk.firstLine(),
                                    expected.sequence(),
                                    expected.line()));
        }
    }

    /// Add lines that do not come from the node: what the step told the server itself. They stand
    /// on standard error, so that standard output stays what the step wrote, byte for byte.
    public void tell(Tx tx, AttemptId attempt, List<ToldLine> lines) {
        LogDao dao = tx.dao(LogDao.class);
        if (lines.isEmpty() || dao.lock(attempt) == 0) {
            return;
        }
        for (LogChunk chunk : ToldLine.chunks(dao.end(attempt).orElseThrow().here(), lines)) {
            dao.moveOnTold(attempt, chunk, chunk.data().length);
            dao.insert(attempt, chunk);
        }
        tx.afterCommit(() -> wake(attempt));
    }

    /// How much of what the node sends is stored, so that it knows where to go on.
    public LogPosition position(AttemptId attempt) {
        return end(attempt).atNode();
    }

    LogDao.End end(AttemptId attempt) {
        return database.<LogDao.End>read(
                tx -> tx.dao(LogDao.class).end(attempt).orElse(LogDao.End.NONE));
    }

    /// Lines from that number on, counted from 0. A page may hold fewer lines than were asked for.
    public LogPage lines(AttemptId attempt, long fromLine, int limit) {
        return page(attempt, end(attempt), fromLine, limit);
    }

    /// The last lines.
    public LogPage tail(AttemptId attempt, int lines) {
        LogDao.End end = end(attempt);
        return page(attempt, end, Math.max(0, end.lines() - lines), lines);
    }

    LogPage page(AttemptId attempt, LogDao.End end, long fromLine, int limit) {
        List<LogLine> found = new ArrayList<>();
        long from = Math.max(0, fromLine);
        long bytes = 0;
        if (from < end.lines() && limit > 0) {
            ChunkScan scan = new ChunkScan(attempt, from, 1);
            while (found.size() < limit && bytes < PAGE_BYTES && scan.hasNext()) {
                LogChunk chunk = scan.next();
                bytes += chunk.outLength() + chunk.errLength();
                LogChunkReader.lines(chunk).stream()
                        .filter(line -> line.number() >= from)
                        .limit(limit - found.size())
                        .forEach(found::add);
            }
        }
        long next = found.isEmpty() ? from : found.getLast().number() + 1;
        return new LogPage(found, next, end.lines());
    }

    /// Write the exact bytes of one stream.
    public void copy(AttemptId attempt, LogStream which, OutputStream to) {
        ChunkScan scan = new ChunkScan(attempt, 0, CHUNKS);
        try {
            while (scan.hasNext()) {
                LogChunkReader.copy(scan.next(), which, to);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Look through lines from that number on until enough are found, or enough was looked at.
    public LogMatches search(AttemptId attempt, LogSearch search, long fromLine, int limit) {
        Predicate<String> matches = search.toPredicate();
        LogDao.End end = end(attempt);
        long from = Math.max(0, fromLine);
        long until = System.nanoTime() + SEARCH_TIME.toNanos();
        List<LogLine> found = new ArrayList<>();
        long next = from;
        ChunkScan scan = new ChunkScan(attempt, from, CHUNKS);
        for (int i = 0; i < SEARCH_CHUNKS && System.nanoTime() < until && scan.hasNext(); i++) {
            LogChunk chunk = scan.next();
            for (LogLine line : LogChunkReader.lines(chunk)) {
                if (line.number() < from) {
                    continue;
                }
                if (found.size() == limit) {
                    return new LogMatches(found, next, end.lines());
                }
                if (matches.test(line.text())) {
                    found.add(line);
                }
                next = line.number() + 1;
            }
        }
        return new LogMatches(found, next, Math.max(next, end.lines()));
    }

    /// Follow the log from that line on; close the follower.
    public LogFollower follow(AttemptId attempt, long fromLine) {
        LogFollower follower = new LogFollower(this, attempt, fromLine);
        followers.compute(
                attempt,
                (_, all) -> {
                    Set<LogFollower> some = all == null ? ConcurrentHashMap.newKeySet() : all;
                    some.add(follower);
                    return some;
                });
        return follower;
    }

    void leave(AttemptId attempt, LogFollower follower) {
        followers.computeIfPresent(
                attempt,
                (_, all) -> {
                    all.remove(follower);
                    return all.isEmpty() ? null : all;
                });
    }

    /// Wake the attempt's followers, on every server, after its end is committed.
    public void wake(AttemptId attempt) {
        wakeHere(attempt);
        database.broadcast().announce(CHANNEL, attempt.toString());
    }

    private void wakeHere(AttemptId attempt) {
        followers.getOrDefault(attempt, Set.of()).forEach(LogFollower::wake);
    }

    /// Wakes followers here when another server has stored something.
    private final class Others implements Broadcast.Listener {
        @Override
        public void heard(String text) {
            wakeHere(AttemptId.parse(text));
        }

        @Override
        public void missed() {
            followers.keySet().forEach(LogStore.this::wakeHere);
        }
    }

    /// The chunks of a log from the one that holds a line, a few at a time, so that no connection
    /// is held while somebody reads slowly.
    private final class ChunkScan {
        private final AttemptId attempt;
        private List<LogChunk> page;
        private int at;
        private int next;

        ChunkScan(AttemptId attempt, long fromLine, int firstPage) {
            this.attempt = attempt;
            this.page =
                    database.<List<LogChunk>>read(tx -> {
                        LogDao dao = tx.dao(LogDao.class);
                        return dao.sequenceOf(attempt, fromLine)
                                .map(first -> dao.chunks(attempt, first, firstPage))
                                .orElse(List.of());
                    });
            this.next = page.isEmpty() ? 0 : page.getLast().sequence() + 1;
        }

        boolean hasNext() {
            if (at == page.size() && !page.isEmpty()) {
                page =
                        database.<List<LogChunk>>read(
                                tx -> tx.dao(LogDao.class).chunks(attempt, next, CHUNKS));
                at = 0;
                next += page.size();
            }
            return at < page.size();
        }

        LogChunk next() {
            return page.get(at++);
        }
    }
}
