package dev.millwright.cli.local;

import dev.millwright.api.run.StepView;
import dev.millwright.cli.command.BaseCommand;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.Count;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.InputOptions;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.launch.Interrupts;
import dev.millwright.cli.tree.FailureReport;
import dev.millwright.cli.tree.RunProgress;
import dev.millwright.cli.tree.Snapshot;
import dev.millwright.cli.tree.StepSearch;
import dev.millwright.engine.expression.CelConditions;
import dev.millwright.engine.plan.PlanRequest;
import dev.millwright.engine.plan.Planner;
import dev.millwright.engine.plan.Planning;
import dev.millwright.engine.progress.Progress;
import dev.millwright.engine.yaml.Problem;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.RunState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright local`.
@Command(
        name = "local",
        description = {
            "Run the pipeline of this directory here and now, without a server.",
            "Steps run in the directory itself, with all that is not committed yet."
        })
public final class LocalCommand extends BaseCommand {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The pipeline file (default: .millwright.yaml)")
    private @Nullable String file;

    @Mixin private InputOptions inputs = new InputOptions();
    @Mixin private SecretOptions secrets = new SecretOptions();

    @Option(
            names = "--event",
            paramLabel = "EVENT",
            description = "What conditions see (default: manual)")
    private String event = "manual";

    @Option(
            names = "--step",
            paramLabel = "STEP",
            description = "Only this step, by path (0/2/1) or name (build/compile)")
    private @Nullable String step;

    @Option(names = "--clean", description = "Run in a fresh workspace from the last commit")
    private boolean clean;

    @Option(
            names = "--pipeline",
            paramLabel = "NAME",
            description = "What the pipeline is called (default: as its file or directory)")
    private @Nullable String name;

    @Option(names = "--approve", description = "Say yes to every step that asks")
    private boolean approve;

    @Option(
            names = "--slots",
            paramLabel = "N",
            converter = Count.class,
            description = "How many steps run at once (default: one per processor, at least 4)")
    private int slots = Math.max(4, Runtime.getRuntime().availableProcessors());

    @Mixin private FormatOptions plugins = new FormatOptions();

    public LocalCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        Optional<LocalSource> repository = LocalSource.find(around.directory());
        if (clean && repository.isEmpty()) {
            throw CliException.usage("--clean needs a Git repository with a commit");
        }
        PipelineFiles pipeline;
        FileReading read;
        try (LocalFormats formats = plugins.formats(around.directory())) {
            pipeline = PipelineFiles.of(around.directory(), file, formats);
            read = pipeline.read(formats, name(pipeline));
        }
        read.warnings().forEach(terminal()::note);
        return switch (read.result()) {
            case ReadResult.Invalid(List<Problem> problems) -> {
                problems.forEach(
                        problem -> LintCommand.print(terminal(), around.directory(), problem));
                yield ExitCode.USAGE;
            }
            case ReadResult.Read good -> plan(pipeline, good, repository);
        };
    }

    private String name(PipelineFiles pipeline) {
        String given = name;
        return given == null ? pipeline.pipelineName() : given;
    }

    private int plan(
            PipelineFiles pipeline, ReadResult.Read read, Optional<LocalSource> repository) {
        Optional<Source> source = repository.map(found -> found.source(!clean));
        PlanRequest request =
                new PlanRequest(
                        "local",
                        name(pipeline),
                        event,
                        inputs.values(),
                        Map.of(),
                        source.orElse(null),
                        pipeline.names());
        return switch (new Planner().plan(read.definition(), request)) {
            case Planning.Filtered(String why) -> {
                terminal().note("nothing to do: " + why);
                yield ExitCode.OK;
            }
            case Planning.Refused(List<String> problems) ->
                    throw CliException.usage(String.join("\n", problems));
            case Planning.Planned(Plan plan) ->
                    run(pipeline, plan, source.map(s -> detail(s, repository)).orElse(event));
        };
    }

    private String detail(Source source, Optional<LocalSource> repository) {
        String ref = source.branch().isEmpty() ? source.tag() : source.branch();
        boolean dirty = !clean && repository.map(LocalSource::isDirty).orElse(false);
        return "%s %s %.7s%s"
                .formatted(event, ref, source.commit(), dirty ? " with local changes" : "");
    }

    private int run(PipelineFiles pipeline, Plan plan, String detail) {
        LocalSecrets given =
                new LocalSecrets(secrets.values(around), around.environment(), pipeline.files());
        RunId id = new RunId(UUID.randomUUID());
        RunProgress screen = RunProgress.on(terminal());
        LocalRun run =
                new LocalRun(
                        new LocalAssignments(plan, id, Instant.now(), clean, given),
                        first(plan),
                        new Progress(CelConditions.create()),
                        screen,
                        new TerminalApprover(around, approve),
                        detail);
        Path here = clean ? null : around.directory();
        try (LocalNode node = LocalNode.create(here, slots, run);
                Interrupts _ = Interrupts.listen(run::interrupt)) {
            Snapshot last = run.run(node);
            screen.end(last);
            FailureReport.print(
                    terminal(), last, failed -> run.logs().tail(failed.path()), _ -> "");
            return run.isInterrupted() ? ExitCode.INTERRUPTED : ExitCode.of(last.status());
        }
    }

    private RunState first(Plan plan) {
        String wanted = step;
        if (wanted == null) {
            return RunState.initial(plan.size());
        }
        return StepSelection.only(plan, path(plan, wanted));
    }

    private static StepPath path(Plan plan, String wanted) {
        List<StepView> views =
                LocalSteps.views(plan, RunState.initial(plan.size()), Map.of(), Instant.EPOCH);
        return StepSearch.find(views, wanted).path();
    }
}
