package dev.millwright.server.web.live;

import dev.millwright.model.RunId;
import dev.millwright.model.event.Event;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.plan.StepPath;
import dev.millwright.server.event.EventFeed;
import dev.millwright.server.event.EventFilter;
import dev.millwright.server.event.Journal;
import dev.millwright.server.event.Subscription;
import dev.millwright.server.log.LogFollower;
import dev.millwright.server.log.LogPage;
import dev.millwright.server.log.LogStore;
import dev.millwright.server.run.RunRecord;
import dev.millwright.server.run.RunView;
import dev.millwright.server.run.Runs;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Bodies;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// Make the live streams. Called from any thread; each stream runs on its caller's thread, and a
/// reader that is too slow loses its stream and comes back with `Last-Event-ID`.
///
/// @param awaited whether a run that is not there yet will still come
public record LiveStreams(
        Runs runs,
        Journal journal,
        EventFeed feed,
        LogStore logs,
        Predicate<RunId> awaited,
        Bodies bodies) {
    static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final int LINES = 1_000;

    /// The events of a run after a sequence number, until it is finished.
    public Answer.Writing ofRun(RunId run, long afterRunSeq) {
        return out -> {
            SseWriter sse = new SseWriter(out, bodies);
            sse.heartbeat();
            try (RunTail tail = tail(run, afterRunSeq)) {
                boolean over = isOver(run, tail);
                while (!over && !tail.isEnded()) {
                    Optional<Event> event = tail.next(HEARTBEAT);
                    if (event.isPresent()) {
                        sse.data(tail.last(), LiveViews.event(event.get()));
                        sse.flush();
                    } else if (tail.isBroken()) {
                        return;
                    } else {
                        sse.heartbeat();
                        over = isOver(run, tail);
                    }
                }
                sse.end();
            }
        };
    }

    RunTail tail(RunId run, long afterRunSeq) {
        return new RunTail(journal, feed, run, afterRunSeq);
    }

    /// Whether nothing can follow what the tail has handed out.
    boolean isOver(RunId run, RunTail tail) {
        Optional<RunRecord> record = runs.find(run);
        return record.map(r -> r.isFinished() && r.eventCount() <= tail.last())
                .orElseGet(() -> neverComes(run));
    }

    /// Asked when the run was not there.
    private boolean neverComes(RunId run) {
        // It may have begun between the two looks
        return !awaited.test(run) && runs.find(run).isEmpty();
    }

    /// The journal after a place, for ever.
    public Answer.Writing ofJournal(EventFilter filter, long afterSeq) {
        return out -> {
            SseWriter sse = new SseWriter(out, bodies);
            sse.heartbeat();
            try (Subscription events = feed.subscribe(filter, afterSeq)) {
                while (!events.isEnded()) {
                    Optional<Event> event = events.next(HEARTBEAT);
                    if (event.isPresent()) {
                        sse.data(event.get().seq(), LiveViews.event(event.get()));
                        sse.flush();
                    } else {
                        sse.heartbeat();
                    }
                }
            }
        };
    }

    /// The lines of a step's last attempt after a number counted from 1, until it has ended.
    public Answer.Writing ofLog(RunId run, StepPath path, long attempt, long afterLine) {
        return out -> {
            SseWriter sse = new SseWriter(out, bodies);
            sse.heartbeat();
            Optional<StepLog> log = begun(run, path, attempt, sse::heartbeat);
            if (log.isPresent() && log.get().attempt().isPresent()) {
                try (LogFollower lines = logs.follow(log.get().attempt().get().id(), afterLine)) {
                    follow(lines, sse);
                }
            }
            sse.end();
        };
    }

    private static void follow(LogFollower lines, SseWriter sse)
            throws IOException, InterruptedException {
        while (!lines.isEnded()) {
            LogPage page = lines.next(LINES, HEARTBEAT);
            for (LogLine line : page.lines()) {
                sse.data(line.number() + 1, LiveViews.line(line));
            }
            if (page.lines().isEmpty()) {
                sse.heartbeat();
            } else {
                sse.flush();
            }
        }
    }

    /// Wait until a step has an attempt; empty when it never will.
    private Optional<StepLog> begun(RunId run, StepPath path, long attempt, Beat beat)
            throws IOException, InterruptedException {
        try (RunTail tail = tail(run, runs.find(run).map(RunRecord::eventCount).orElse(0L))) {
            while (true) {
                Optional<RunView> view = runs.view(run);
                Optional<StepLog> log = view.map(v -> StepLog.of(v, path, attempt));
                if (log.isPresent() && (log.get().attempt().isPresent() || log.get().complete())) {
                    return log;
                }
                if (view.map(v -> v.record().isFinished()).orElseGet(() -> neverComes(run))) {
                    return Optional.empty();
                }
                if (tail.next(HEARTBEAT).isEmpty()) {
                    beat.once();
                }
            }
        }
    }

    private interface Beat {
        void once() throws IOException;
    }
}
