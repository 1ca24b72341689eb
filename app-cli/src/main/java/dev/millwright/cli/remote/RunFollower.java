package dev.millwright.cli.remote;

import dev.millwright.api.ApiException;
import dev.millwright.api.LiveStream;
import dev.millwright.api.MillwrightClient;
import dev.millwright.api.event.EventView;
import dev.millwright.api.run.LogLineView;
import dev.millwright.api.run.LogQuery;
import dev.millwright.api.run.StepView;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.Outage;
import dev.millwright.cli.launch.Interrupts;
import dev.millwright.cli.terminal.Terminal;
import dev.millwright.cli.tree.FailureReport;
import dev.millwright.cli.tree.RunProgress;
import dev.millwright.cli.tree.Snapshot;
import dev.millwright.model.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Shows a run of a server until it is finished, through broken connections and restarts of the
/// server. One thread.
public final class RunFollower {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration ACCEPTED = Duration.ofSeconds(60);

    private final MillwrightClient client;
    private final Terminal terminal;
    private final AtomicBoolean interrupted = new AtomicBoolean();

    public RunFollower(MillwrightClient client, Terminal terminal) {
        this.client = client;
        this.terminal = terminal;
    }

    /// Follow to the end and print what failed. Ctrl-C leaves the run alone.
    ///
    /// @param timeout how long to look at it; zero means as long as it takes
    /// @return the exit code
    public int follow(RunId run, Duration timeout) {
        long deadline = timeout.isZero() ? Long.MAX_VALUE : timeout.toNanos();
        long start = System.nanoTime();
        RunProgress progress = RunProgress.on(terminal);
        Outage outage = new Outage(progress::note);
        try (Interrupts _ = Interrupts.listen(() -> interrupted.set(true))) {
            while (System.nanoTime() - start < deadline) {
                Optional<Snapshot> seen = look(run, start, outage);
                if (seen.isPresent()) {
                    Snapshot last = watch(run, seen.get(), progress, outage, start, deadline);
                    if (last.status().isFinished()) {
                        progress.end(last);
                        report(run, last);
                        return ExitCode.of(last.status());
                    }
                }
                if (interrupted.get()) {
                    return left(progress, run, "interrupted", ExitCode.INTERRUPTED);
                }
            }
        }
        return left(progress, run, "not finished in time", ExitCode.TIMEOUT);
    }

    /// The run shows up a moment after its delivery was accepted.
    private Optional<Snapshot> look(RunId run, long start, Outage outage) {
        try {
            Snapshot seen = RunWatch.look(client, run);
            outage.note(true);
            return Optional.of(seen);
        } catch (ApiException refused) {
            boolean young = System.nanoTime() - start < ACCEPTED.toNanos();
            if (refused.isUnreachable()
                    || refused.status() >= 500
                    || (refused.status() == 404 && young)) {
                outage.note(refused.status() == 404);
                pause(TICK);
                return Optional.empty();
            }
            throw refused;
        }
    }

    private Snapshot watch(
            RunId run,
            Snapshot first,
            RunProgress progress,
            Outage outage,
            long start,
            long deadline) {
        Snapshot last = first;
        progress.show(last);
        if (last.status().isFinished()) {
            return last;
        }
        try (LiveStream<EventView> events = client.followRun(run, 0)) {
            while (!interrupted.get() && System.nanoTime() - start < deadline) {
                boolean news = drain(events);
                if (news || events.isEnded()) {
                    last = look(run, start, outage).orElse(last);
                    progress.show(last);
                    if (last.status().isFinished()) {
                        return last;
                    }
                    // A run of many steps changes all the time; looking costs the server work.
                    pause(Duration.ofMillis(Math.min(1000, 20 + last.steps().size() / 10)));
                } else {
                    outage.note(events.isConnected());
                    progress.tick();
                }
                if (events.isEnded()) {
                    return last;
                }
            }
        }
        return last;
    }

    private static boolean drain(LiveStream<EventView> events) {
        boolean news = events.poll(TICK).isPresent();
        while (events.poll(Duration.ZERO).isPresent()) {
            news = true;
        }
        return news;
    }

    private int left(RunProgress progress, RunId run, String why, int code) {
        progress.leave();
        terminal.note(why + "; the run goes on. Look again: millwright runs follow " + run);
        terminal.note("stop it: millwright cancel " + run);
        return code;
    }

    private void report(RunId run, Snapshot last) {
        FailureReport.print(
                terminal,
                last,
                step -> tail(run, step),
                step -> "millwright logs " + last.title() + "/" + step.path());
    }

    private List<String> tail(RunId run, StepView step) {
        try {
            return client.log(run, step.path(), LogQuery.tail(FailureReport.LINES)).lines().stream()
                    .map(LogLineView::text)
                    .toList();
        } catch (ApiException none) {
            return List.of();
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// A time as users write it, such as `90s`, `5m`, `1h`; nothing means no limit.
    static Duration timeout(@Nullable String text) {
        return text == null ? Duration.ZERO : DurationOption.parse(text);
    }
}
