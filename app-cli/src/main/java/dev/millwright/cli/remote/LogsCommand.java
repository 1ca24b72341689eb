package dev.millwright.cli.remote;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.run.LogLineView;
import dev.millwright.api.run.LogQuery;
import dev.millwright.api.run.StepList;
import dev.millwright.api.run.StepView;
import dev.millwright.cli.command.Count;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.command.Words;
import dev.millwright.cli.launch.Interrupts;
import dev.millwright.cli.tree.StepSearch;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright logs`.
@Command(
        name = "logs",
        description = "Print the output of a run's steps, of a group of them, or of one step")
public final class LogsCommand extends ServerCommand {
    private static final int PAGE = 1000;

    // A pipeline may stand with its namespace in front of its number.
    private static final Pattern FORM =
            Pattern.compile("((?:[^/#]+/)?[^/#]+#[^/#]+|[^/]+)(?:/(.+))?");

    @Parameters(
            paramLabel = "RUN[/STEP]",
            description = "The run, and a step or group by path (0/2/1) or name (build/compile)")
    private String target = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the end")
    private boolean follow;

    @Option(
            names = "--tail",
            paramLabel = "N",
            converter = Count.class,
            description = "Only the last lines of each step")
    private int tail;

    @Option(
            names = "--stream",
            paramLabel = "out|err",
            completionCandidates = Streams.class,
            description = "Only this stream")
    private LogLineView.@Nullable Stream stream;

    @Option(
            names = "--attempt",
            paramLabel = "N",
            converter = Count.class,
            description = "Number of the try (default: last)")
    private int attempt;

    @Option(names = "--search", paramLabel = "REGEX", description = "Only lines that match")
    private @Nullable String search;

    @Option(
            names = {"-t", "--timestamps"},
            description = "Print the time of each line, as ISO 8601 in UTC")
    private boolean timestamps;

    /// The words for [#stream].
    private static final class Streams extends Words {
        Streams() {
            super("out", "err");
        }
    }

    public LogsCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        Matcher parts = FORM.matcher(target);
        String run = parts.matches() ? parts.group(1) : target;
        String step = parts.matches() ? parts.group(2) : null;
        RunId id = RunReference.find(client, namespace, run);
        AtomicBoolean interrupted = new AtomicBoolean();
        try (Interrupts _ = Interrupts.listen(() -> interrupted.set(true))) {
            LogPrinter printer = new LogPrinter(client, terminal(), timestamps, interrupted);
            if (step == null) {
                explainNothing(client, id, printer.all(id, StepPath.ROOT, query(), follow));
            } else {
                part(client, printer, id, step);
            }
        }
        return interrupted.get() ? ExitCode.INTERRUPTED : ExitCode.OK;
    }

    /// An empty answer puzzles people, for whom the run's own words may never have been.
    private void explainNothing(MillwrightClient client, RunId id, StepList steps) {
        boolean begun =
                steps.items().stream()
                        .filter(step -> !step.path().equals(StepPath.ROOT))
                        .anyMatch(step -> step.startedAt() != null || step.logLines() > 0);
        if (begun) {
            return;
        }
        String when = steps.status().isFinished() ? "nothing ran" : "nothing has run yet";
        String why = client.run(id).run().message();
        terminal().note(why.isEmpty() ? when : when + ": " + why);
    }

    private void part(MillwrightClient client, LogPrinter printer, RunId run, String wanted) {
        List<StepView> steps = client.steps(run).items();
        StepPath path = StepSearch.find(steps, wanted).path();
        boolean group =
                steps.stream()
                        .map(StepView::path)
                        .anyMatch(other -> other.isWithin(path) && !other.equals(path));
        if (group) {
            printer.all(run, path, query(), follow);
        } else {
            one(client, printer, run, path);
        }
    }

    private void one(MillwrightClient client, LogPrinter printer, RunId run, StepPath step) {
        if (follow) {
            printer.follow(run, step, tail, stream);
        } else if (isWhole()) {
            copy(client, run, step);
        } else {
            printer.step(run, step, query(), "");
        }
    }

    private boolean isWhole() {
        return tail == 0 && attempt == 0 && search == null && !timestamps;
    }

    /// Everything: the exact bytes.
    private void copy(MillwrightClient client, RunId run, StepPath step) {
        LogLineView.Stream wanted = stream;
        if (wanted == null) {
            client.copyLog(run, step, terminal().out());
        } else {
            client.copyLog(run, step, wanted, terminal().out());
        }
        terminal().out().flush();
    }

    private LogQuery query() {
        LogQuery query = tail > 0 ? LogQuery.tail(tail) : LogQuery.FIRST.limit(PAGE);
        query = attempt > 0 ? query.ofAttempt(attempt) : query;
        query = stream == null ? query : query.onStream(stream);
        return search == null ? query : query.matching(search);
    }
}
