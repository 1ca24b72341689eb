package dev.millwright.cli.remote;

import dev.millwright.api.ApiException;
import dev.millwright.api.MillwrightClient;
import dev.millwright.api.run.RunQuery;
import dev.millwright.api.run.RunSummary;
import dev.millwright.api.run.Status;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.Count;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.command.Words;
import dev.millwright.cli.terminal.Style;
import dev.millwright.cli.terminal.Symbols;
import dev.millwright.cli.terminal.Table;
import dev.millwright.cli.terminal.Table.Cell;
import dev.millwright.cli.terminal.Times;
import dev.millwright.cli.tree.Looks;
import dev.millwright.cli.tree.RunProgress;
import dev.millwright.cli.tree.Snapshot;
import dev.millwright.model.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright runs`.
@Command(name = "runs", description = "List runs, or show or follow one")
public final class RunsCommand extends ServerCommand {
    /// What to do.
    enum Verb {
        LS,
        SHOW,
        FOLLOW;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ls|show|follow",
            description = "What to do (default: ls)")
    private Verb verb = Verb.LS;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "RUN",
            description = "For show and follow: " + RunReference.FORMS)
    private @Nullable String run;

    @Option(
            names = {"-p", "--pipeline"},
            paramLabel = "NAME",
            description = "Only of this pipeline")
    private @Nullable String pipeline;

    @Option(
            names = "--status",
            paramLabel = "WORD",
            completionCandidates = Statuses.class,
            description = "Only with this status: success, failure, running, ...; active, finished")
    private @Nullable String status;

    @Option(names = "--branch", paramLabel = "NAME", description = "Only of this branch")
    private @Nullable String branch;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Of every namespace")
    private boolean everywhere;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Count.class,
            description = "How many (default: 20)")
    private int limit = 20;

    @Mixin private OutputOptions output = new OutputOptions();

    /// The words for [#status].
    private static final class Statuses extends Words {
        Statuses() {
            super(
                    Stream.concat(
                            Stream.of("active", "finished"),
                            Stream.of(Status.values()).map(Status::word)));
        }
    }

    public RunsCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        switch (verb) {
            case LS -> list(client, namespace);
            case SHOW -> show(client, find(client, namespace));
            case FOLLOW -> {
                return new RunFollower(client, terminal())
                        .follow(find(client, namespace), Duration.ZERO);
            }
        }
        return ExitCode.OK;
    }

    private RunId find(MillwrightClient client, String namespace) {
        String wanted = run;
        if (wanted == null) {
            throw CliException.usage("which run? Name it by " + RunReference.FORMS);
        }
        return RunReference.find(client, namespace, wanted);
    }

    private void show(MillwrightClient client, RunId id) {
        if (output.format() == OutputOptions.Format.TABLE) {
            Snapshot seen = RunWatch.lookInside(client, id);
            RunProgress.whole(terminal(), seen);
        } else {
            output.one(terminal(), client.run(id), () -> {}, id.toString());
        }
    }

    private void list(MillwrightClient client, String namespace) {
        RunQuery query = everywhere ? RunQuery.ALL : RunQuery.ALL.inNamespace(namespace);
        query = pipeline == null ? query : query.ofPipeline(pipeline);
        query = status == null ? query : query.withStatus(status);
        query = branch == null ? query : query.onBranch(branch);
        List<RunSummary> runs = client.runs(query.limit(limit)).items();
        if (runs.isEmpty() && pipeline != null && !everywhere) {
            requirePipeline(client, namespace, pipeline);
        }
        Instant now = Instant.now();
        Table table = Table.of("RUN", "STATUS", "EVENT", "REF", "COMMIT", "AGE", "TIME", "ID");
        runs.forEach(summary -> table.row(row(summary, now)));
        output.list(terminal(), runs, table, summary -> summary.id().toString(), "no runs");
    }

    /// Refuse a pipeline that is not there: a mistyped name must not look like one without runs.
    private static void requirePipeline(MillwrightClient client, String namespace, String name) {
        try {
            var _ = client.resource(namespace, "pipelines", name);
        } catch (ApiException refused) {
            // Who may see runs need not be allowed to see pipelines.
            if (refused.status() == 404) {
                throw refused;
            }
        }
    }

    private Cell[] row(RunSummary summary, Instant now) {
        Symbols symbols = terminal().symbols();
        String ref = summary.tag().isEmpty() ? summary.branch() : summary.tag();
        Long millis = summary.durationMillis();
        String commit = summary.commit();
        String rerun = RerunOrigin.of(summary);
        return new Cell[] {
            Cell.of(RunWatch.title(summary)),
            Cell.of(
                    Looks.style(summary.status()),
                    Looks.symbol(summary.status(), symbols) + " " + summary.status().word()),
            Cell.of(rerun.isEmpty() ? summary.event() : rerun),
            Cell.of(ref),
            Cell.of(commit.substring(0, Math.min(7, commit.length()))),
            Cell.of(Times.age(summary.queuedAt(), now)),
            Cell.of(millis == null ? "" : Times.duration(Duration.ofMillis(millis))),
            Cell.of(Style.DIM, summary.id().toString())
        };
    }
}
