package dev.millwright.server.web;

import dev.millwright.api.event.EventView;
import dev.millwright.model.RunId;
import dev.millwright.model.event.Event;
import dev.millwright.model.plan.StepPath;
import dev.millwright.server.access.Access;
import dev.millwright.server.event.EventFeed;
import dev.millwright.server.event.EventFilter;
import dev.millwright.server.event.Journal;
import dev.millwright.server.run.Runs;
import dev.millwright.server.web.live.LiveStreams;
import dev.millwright.server.web.live.LiveViews;
import dev.millwright.server.web.live.RunSocket;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Call;
import dev.millwright.server.web.route.Parameter;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.view.Common;
import dev.millwright.server.web.view.Cursors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The journal and the events of one run: as pages, as server-sent events, as WebSocket.
final class EventRoutes {
    private static final String TAG = "events";
    private static final Parameter RUN = Parameter.id("id", "The run");
    private static final Parameter AFTER =
            new Parameter(
                    "after",
                    Parameter.Place.QUERY,
                    Parameter.Type.INTEGER,
                    false,
                    List.of(),
                    "",
                    0,
                    Long.MAX_VALUE,
                    "Only what comes after this number",
                    "0");

    private final Journal journal;
    private final EventFeed feed;
    private final Runs runs;
    private final AwaitedRuns awaited;
    private final LiveStreams live;

    EventRoutes(Journal journal, EventFeed feed, Runs runs, AwaitedRuns awaited, LiveStreams live) {
        this.journal = journal;
        this.feed = feed;
        this.runs = runs;
        this.awaited = awaited;
        this.live = live;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/events", Access.VIEW, TAG, "Read or follow the journal")
                        .with(
                                Parameter.query("namespace", "Only of this namespace", "default"),
                                Parameter.query(
                                        "type",
                                        "Only of this type; `run.*` for a family",
                                        "run.finished"),
                                AFTER,
                                Parameter.flag("latest", "The newest `limit` events"),
                                Common.LIMIT,
                                Common.CURSOR,
                                Common.LAST_EVENT_ID)
                        .gives(
                                Reply.json(
                                        200, Common.page(EventView.class), "A page, oldest first"),
                                Reply.text(
                                        200,
                                        Reply.EVENTS,
                                        "The journal from now on, or after an id"))
                        .by(this::journal),
                Route.get(
                                "/api/v1/runs/{id}/events",
                                Access.VIEW,
                                TAG,
                                "Read or follow the events of a run, numbered without gaps")
                        .with(RUN, AFTER, Common.LIMIT, Common.CURSOR, Common.LAST_EVENT_ID)
                        .gives(
                                Reply.json(
                                        200, Common.page(EventView.class), "A page, oldest first"),
                                Reply.text(
                                        200,
                                        Reply.EVENTS,
                                        "All events; `end` when the run is finished"))
                        .by(this::ofRun),
                Route.get(
                                "/api/v1/runs/{id}/stream",
                                Access.VIEW,
                                TAG,
                                "Follow events and logs of a run over a WebSocket")
                        .with(
                                RUN,
                                AFTER,
                                Parameter.query(
                                        "steps",
                                        "Steps whose lines are sent, with all inside them; `none` for no lines",
                                        "0/1,0/2"))
                        .asSocket()
                        .gives(Reply.empty(101, "Messages of type `event`, `log` and `end`"))
                        .by(this::socket));
    }

    private Answer journal(Call call) {
        EventFilter filter =
                new EventFilter(
                        call.query("namespace").map(Set::of).orElse(Set.of()),
                        call.query("type").map(Set::of).orElse(Set.of()),
                        null);
        if (call.accepted().equals(Reply.EVENTS)) {
            boolean resumes = call.header("last-event-id").isPresent() || call.gave("after");
            long after = resumes ? Common.after(call, "after", 0) : feed.position();
            return Answer.streamed(Reply.EVENTS, live.ofJournal(filter, after));
        }
        int limit = (int) call.number("limit");
        if (call.flag("latest")) {
            return page(call, limit, journal.latest(filter, limit), Event::seq);
        }
        return page(call, limit, journal.after(place(call), filter, limit + 1), Event::seq);
    }

    private Answer ofRun(Call call) {
        RunId run = call.run();
        requireKnown(run);
        if (call.accepted().equals(Reply.EVENTS)) {
            return Answer.streamed(Reply.EVENTS, live.ofRun(run, Common.after(call, "after", 0)));
        }
        int limit = (int) call.number("limit");
        return page(call, limit, journal.ofRun(run, place(call), limit + 1), Event::runSeq);
    }

    private Answer socket(Call call) {
        RunId run = call.run();
        requireKnown(run);
        List<StepPath> steps =
                call.query("steps").map(EventRoutes::steps).orElse(List.of(StepPath.ROOT));
        return new Answer.Upgraded(new RunSocket(live, run, Common.after(call, "after", 0), steps));
    }

    private static List<StepPath> steps(String text) {
        return text.equals("none")
                ? List.of()
                : Arrays.stream(text.split(",")).map(path -> Common.step("steps", path)).toList();
    }

    private void requireKnown(RunId run) {
        if (runs.find(run).isEmpty() && !awaited.isAwaited(run)) {
            awaited.require(run);
        }
    }

    private static long place(Call call) {
        Optional<String> cursor = Cursors.place(call);
        try {
            return cursor.or(() -> call.query("after")).map(Long::parseLong).orElse(0L);
        } catch (NumberFormatException _) {
            throw Cursors.unknown();
        }
    }

    private interface Numbering {
        long of(Event event);
    }

    private static Answer page(Call call, int limit, List<Event> found, Numbering number) {
        List<Event> page = found.subList(0, Math.min(limit, found.size()));
        String next =
                found.size() > limit
                        ? Cursors.encode(Long.toString(number.of(page.getLast())))
                        : null;
        return Cursors.page(call, page.stream().map(LiveViews::event).toList(), next);
    }
}
