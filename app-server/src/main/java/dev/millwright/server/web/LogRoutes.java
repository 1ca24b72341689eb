package dev.millwright.server.web;

import dev.millwright.api.run.LogPage;
import dev.millwright.model.AttemptId;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.RunId;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.log.LogStream;
import dev.millwright.model.plan.StepPath;
import dev.millwright.server.access.Access;
import dev.millwright.server.log.LogMatches;
import dev.millwright.server.log.LogSearch;
import dev.millwright.server.log.LogStore;
import dev.millwright.server.run.RunView;
import dev.millwright.server.web.live.LiveStreams;
import dev.millwright.server.web.live.LiveViews;
import dev.millwright.server.web.live.StepLog;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.Parameter;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.view.Common;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The log of a step: pages of lines, exact bytes, search, and live.
final class LogRoutes {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int MAX_LINES = 10_000;
    private static final int COPIED_LINES = 5_000;

    private final AwaitedRuns runs;
    private final LogStore logs;
    private final LiveStreams live;

    LogRoutes(AwaitedRuns runs, LogStore logs, LiveStreams live) {
        this.runs = runs;
        this.logs = logs;
        this.live = live;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                                "/api/v1/runs/{id}/steps/{path...}/log",
                                Access.VIEW,
                                "logs",
                                "Read, search or follow the log of a step")
                        .with(
                                Parameter.id("id", "The run"),
                                Common.STEP,
                                Parameter.number("from", "First line wanted", 1, 1, Long.MAX_VALUE),
                                Parameter.number("limit", "Lines at most", 500, 1, MAX_LINES),
                                Parameter.number("tail", "The last lines instead", 0, 0, MAX_LINES),
                                Parameter.number(
                                        "attempt", "Number of the try; 0 for the last", 0, 0, 1000),
                                Parameter.choice(
                                        "stream", "Only this stream", List.of("out", "err")),
                                Parameter.query(
                                        "search",
                                        "Only lines that match this RE2 expression",
                                        "error"),
                                Parameter.choice(
                                        "format",
                                        "`text` gives the exact bytes of the whole log",
                                        List.of("json", "text")),
                                Parameter.flag("follow", "Go on as the log grows"),
                                Common.LAST_EVENT_ID)
                        .gives(
                                Reply.json(200, LogPage.class, "A page of lines"),
                                Reply.text(200, TEXT, "The exact bytes, with `format=text`"),
                                Reply.text(
                                        200,
                                        Reply.EVENTS,
                                        "One event per line, its number as id, with `follow=true`"))
                        .by(this::log));
    }

    private Answer log(Call call) {
        RunView run = runs.require(call.run());
        StepPath path = Common.step(call);
        StepLog log = StepLog.of(run, path, call.number("attempt"));
        boolean text =
                call.query("format")
                        .map("text"::equals)
                        .orElseGet(() -> call.accepted().equals(TEXT));
        if (call.flag("follow") || call.accepted().equals(Reply.EVENTS)) {
            long after = Common.after(call, "none", call.number("from") - 1);
            return Answer.streamed(
                    Reply.EVENTS,
                    live.ofLog(run.record().id(), path, call.number("attempt"), after));
        }
        Optional<LogStream> stream =
                call.query("stream").map(s -> s.equals("out") ? LogStream.OUT : LogStream.ERR);
        if (text) {
            return Answer.streamed(TEXT, out -> copy(log, stream, out));
        }
        return Answer.ok(page(run.record().id(), log, call, stream));
    }

    private LogPage page(RunId run, StepLog log, Call call, Optional<LogStream> stream) {
        if (log.attempt().isEmpty()) {
            return new LogPage(run, log.path(), 0, 0, 1, log.complete(), List.of());
        }
        AttemptId attempt = log.attempt().get().id();
        Found found = find(attempt, call, stream);
        return new LogPage(
                run,
                log.path(),
                log.attempt().get().number(),
                found.total(),
                found.next() + 1,
                log.complete(),
                found.lines().stream().map(LiveViews::line).toList());
    }

    /// @param next the first line that was not looked at, from 0
    private record Found(List<LogLine> lines, long next, long total) {}

    private Found find(AttemptId attempt, Call call, Optional<LogStream> stream) {
        int limit = (int) call.number("limit");
        long from = call.number("from") - 1;
        Optional<String> search = call.query("search");
        if (search.isPresent()) {
            LogMatches found = logs.search(attempt, expression(search.get()), from, limit);
            return new Found(
                    found.lines().stream().filter(line -> isOn(stream, line)).toList(),
                    found.nextLine(),
                    found.totalLines());
        }
        long tail = call.number("tail");
        if (tail > 0) {
            dev.millwright.server.log.LogPage last = logs.tail(attempt, (int) tail);
            return new Found(
                    last.lines().stream().filter(line -> isOn(stream, line)).toList(),
                    last.nextLine(),
                    last.totalLines());
        }
        List<LogLine> lines = new ArrayList<>();
        dev.millwright.server.log.LogPage page = logs.lines(attempt, from, limit);
        page.lines().stream().filter(line -> isOn(stream, line)).forEach(lines::add);
        while (stream.isPresent() && lines.size() < limit && page.hasMore()) {
            page = logs.lines(attempt, page.nextLine(), limit - lines.size());
            page.lines().stream().filter(line -> isOn(stream, line)).forEach(lines::add);
        }
        return new Found(lines, page.nextLine(), page.totalLines());
    }

    private static LogSearch expression(String text) {
        try {
            return LogSearch.expression(text);
        } catch (MillwrightException malformed) {
            throw ProblemException.parameter("search", String.valueOf(malformed.getMessage()));
        }
    }

    private static boolean isOn(Optional<LogStream> wanted, LogLine line) {
        return wanted.isEmpty() || wanted.get() == line.stream();
    }

    private void copy(StepLog log, Optional<LogStream> stream, OutputStream out)
            throws IOException {
        if (log.attempt().isEmpty()) {
            return;
        }
        AttemptId attempt = log.attempt().get().id();
        if (stream.isPresent()) {
            logs.copy(attempt, stream.get(), out);
            return;
        }
        long from = 0;
        dev.millwright.server.log.LogPage page;
        do {
            page = logs.lines(attempt, from, COPIED_LINES);
            for (LogLine line : page.lines()) {
                out.write(line.bytes());
                if (line.complete()) {
                    out.write('\n');
                }
            }
            from = page.nextLine();
        } while (page.hasMore() && !page.lines().isEmpty());
    }
}
