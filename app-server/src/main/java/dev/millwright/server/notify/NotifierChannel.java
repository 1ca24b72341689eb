package dev.millwright.server.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.host.call.BoundNotifier;
import dev.millwright.host.use.Point;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.resource.Resource;
import dev.millwright.model.run.StepPhase;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.notify.Notification;
import dev.millwright.plugin.notify.Notification.Change;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.outbox.Channel;
import dev.millwright.server.outbox.Letter;
import dev.millwright.server.plugin.MissingPlugins;
import dev.millwright.server.report.RunLogs;
import dev.millwright.server.report.RunTelling;
import dev.millwright.server.resource.NotifierSpec;
import dev.millwright.server.run.RunRecord;
import dev.millwright.server.run.RunView;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// One declared notifier. A letter is written for whatever may have to be told; what is really new
/// about the run is found out when it is told. Called from any thread.
public final class NotifierChannel implements Channel {
    private final Identity identity;
    private final NotifierSpec spec;
    private final Notifiers.Sources sources;

    NotifierChannel(Resource resource, NotifierSpec spec, Notifiers.Sources sources) {
        this.identity = Identity.of("notifier", resource);
        this.spec = spec;
        this.sources = sources;
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public Keep keep() {
        return new Keep(spec.keepFor(), spec.keepMost());
    }

    @Override
    public String problem() {
        return new MissingPlugins(sources.extensions())
                .problem(Point.NOTIFIER, spec.type())
                .orElse("");
    }

    @Override
    public Optional<Message> about(NewEvent event) {
        return Moment.of(event)
                .filter(moment -> spec.wantsOneOf(moment.possible(event)))
                .filter(_ -> spec.runs().wants(namespace(), event.namespace(), event.pipeline()))
                .filter(moment -> moment == Moment.WAITING || wants(event))
                .map(moment -> new Message(moment.name(), event.data().text("path").orElse("")));
    }

    /// Events of a run tell its branch; those of steps do not, and are looked at when told.
    private boolean wants(NewEvent event) {
        return spec.wants(
                event.data().text("event").orElse(""), event.data().text("branch").orElse(""));
    }

    @Override
    public Optional<Sent> tell(Letter letter) throws InterruptedException {
        Optional<RunView> found = sources.runs().view(letter.run());
        if (found.isEmpty()) {
            return Optional.of(
                    new Sent.Never("run %s is not stored any more".formatted(letter.run())));
        }
        RunView view = found.get();
        RunRecord run = view.record();
        Moment moment = Moment.valueOf(letter.occasion());
        Optional<Change> change =
                moment.change(run, moment == Moment.FINISHED ? previous(view) : Optional.empty())
                        .filter(spec.on()::contains)
                        .filter(_ -> spec.wants(run.event(), run.branch()));
        // Nobody has to approve what somebody has answered meanwhile
        if (change.isEmpty() || (moment == Moment.WAITING && !waits(view, letter.subject()))) {
            return Optional.empty();
        }
        Optional<BoundNotifier> notifier = sources.bound(namespace(), spec);
        if (notifier.isEmpty()) {
            return Optional.of(new Sent.Later(problem(), Duration.ZERO));
        }
        return Optional.of(send(notifier.get(), letter, view, change.get()));
    }

    private Optional<RunRecord> previous(RunView view) {
        return sources.runs().predecessor(view);
    }

    private static boolean waits(RunView view, String path) {
        return view.plan()
                .find(StepPath.parse(path))
                .map(position -> view.state().step(position).phase() == StepPhase.BLOCKED)
                .orElse(false);
    }

    private Sent send(BoundNotifier notifier, Letter letter, RunView view, Change change)
            throws InterruptedException {
        RunReport report = new RunTelling(sources.serverUrl()).report(view);
        try (RunLogs logs = new RunLogs(sources.logs(), report)) {
            Wording words =
                    new Wording(report, change, letter.subject(), logs, sources.serverUrl());
            return notifier.send(
                    new Notification(
                            id(letter),
                            change,
                            words.subject(),
                            words.text(),
                            words.commands(),
                            report,
                            logs,
                            letter.tries()));
        }
    }

    /// Two notifiers that bring the same to the same receiver are not taken for repetitions.
    private static String id(Letter letter) {
        String name = "%s/%s/%d".formatted(letter.channel(), letter.run(), letter.seq());
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }
}
