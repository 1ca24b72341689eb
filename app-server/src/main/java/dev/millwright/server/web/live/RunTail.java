package dev.millwright.server.web.live;

import dev.millwright.model.RunId;
import dev.millwright.model.event.Event;
import dev.millwright.server.event.EventFeed;
import dev.millwright.server.event.EventFilter;
import dev.millwright.server.event.Journal;
import dev.millwright.server.event.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The events of one run from a sequence number on: first what is stored, then what happens. Used
/// by one thread.
final class RunTail implements AutoCloseable {
    private static final int PAGE = 500;

    private final Journal journal;
    private final EventFeed feed;
    private final RunId run;
    private final Queue<Event> stored = new ArrayDeque<>();
    private @Nullable Subscription live;
    private long last;
    private boolean ended;

    RunTail(Journal journal, EventFeed feed, RunId run, long afterRunSeq) {
        this.journal = journal;
        this.feed = feed;
        this.run = run;
        this.last = afterRunSeq;
    }

    /// The next event; empty when none came in time.
    Optional<Event> next(Duration wait) throws InterruptedException {
        if (ended) {
            return Optional.empty();
        }
        while (live == null && stored.isEmpty()) {
            // Whatever happens from this place on comes through the subscription.
            long place = feed.position();
            List<Event> page = journal.ofRun(run, last, PAGE);
            if (page.isEmpty()) {
                live = feed.subscribe(EventFilter.ofRun(run), place);
            }
            stored.addAll(page);
        }
        Optional<Event> event = stored.isEmpty() ? fresh(wait) : Optional.ofNullable(stored.poll());
        event.ifPresent(found -> {
            last = Math.max(last, found.runSeq());
            ended = found.type().equals("run.finished");
        });
        return event;
    }

    private Optional<Event> fresh(Duration wait) throws InterruptedException {
        Subscription open = live;
        if (open == null) {
            return Optional.empty();
        }
        Optional<Event> event = open.next(wait);
        // What has no number is told of while it happens, and not again
        while (event.isPresent() && event.get().runSeq() > 0 && event.get().runSeq() <= last) {
            event = open.next(wait);
        }
        return event;
    }

    long last() {
        return last;
    }

    /// Whether the run's last event was handed out.
    boolean isEnded() {
        return ended;
    }

    /// Whether the reader was too slow, or the server is stopping.
    boolean isBroken() {
        return live != null && live.isEnded();
    }

    @Override
    public void close() {
        if (live != null) {
            live.close();
        }
    }
}
