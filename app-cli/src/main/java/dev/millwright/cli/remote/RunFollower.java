package dev.millwright.cli.remote;

import dev.millwright.api.ApiException;
import dev.millwright.api.MillwrightClient;
import dev.millwright.api.run.LogLineView;
import dev.millwright.api.run.LogQuery;
import dev.millwright.api.run.StepView;
import dev.millwright.cli.command.ExitCode;
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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Shows a run of a server until it is finished, through broken connections and restarts of the
/// server. One thread.
public final class RunFollower {
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
        BooleanSupplier over = () -> interrupted.get() || System.nanoTime() - start >= deadline;
        RunProgress progress = RunProgress.on(terminal);
        try (Interrupts _ = Interrupts.listen(() -> interrupted.set(true));
                RunView view = new RunView(client, run, progress, over)) {
            while (!over.getAsBoolean()) {
                Optional<Snapshot> seen = view.look();
                if (seen.isPresent()) {
                    Snapshot last = view.watch(seen.get());
                    if (last.status().isFinished()) {
                        progress.end(last);
                        report(run, last);
                        return ExitCode.of(last.status());
                    }
                }
            }
        }
        return interrupted.get()
                ? left(progress, run, "interrupted", ExitCode.INTERRUPTED)
                : left(progress, run, "not finished in time", ExitCode.TIMEOUT);
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

    /// A time as users write it, such as `90s`, `5m`, `1h`; nothing means no limit.
    static Duration timeout(@Nullable String text) {
        return text == null ? Duration.ZERO : DurationOption.parse(text);
    }
}
