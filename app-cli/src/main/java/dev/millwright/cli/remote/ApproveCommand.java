package dev.millwright.cli.remote;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.run.ApprovalRequest;
import dev.millwright.api.run.RunAccepted;
import dev.millwright.api.run.Status;
import dev.millwright.api.run.StepView;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright approve`.
@Command(name = "approve", description = "Answer a step that waits for a yes or no")
public final class ApproveCommand extends ServerCommand {
    @Parameters(index = "0", paramLabel = "RUN", description = RunReference.FORMS)
    private String run = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "STEP",
            description = "Path or name; not needed when only one step waits")
    private @Nullable String step;

    @Option(names = "--reject", description = "Say no")
    private boolean reject;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Shown with the step")
    private String comment = "";

    @Mixin private FollowOptions follow = new FollowOptions();
    @Mixin private OutputOptions output = new OutputOptions();

    public ApproveCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        RunId id = RunReference.find(client, namespace, run);
        String wanted = step;
        StepPath path =
                wanted == null ? waiting(client, id) : StepReference.find(client, id, wanted);
        RunAccepted accepted = client.approve(id, path, new ApprovalRequest(!reject, comment));
        Answers.started(
                terminal(),
                output,
                accepted,
                id,
                "step %s %s".formatted(path, reject ? "rejected" : "approved"),
                follow);
        return follow.follow(client, terminal(), id);
    }

    private static StepPath waiting(MillwrightClient client, RunId run) {
        List<StepView> waiting =
                client.steps(run).items().stream()
                        .filter(view -> view.kind().equals("approve"))
                        .filter(view -> view.status() == Status.BLOCKED)
                        .toList();
        if (waiting.size() == 1) {
            return waiting.getFirst().path();
        }
        throw waiting.isEmpty()
                ? CliException.usage("no step of the run waits for an approval")
                : CliException.usage(
                        "several steps wait for an approval: %s; name one"
                                .formatted(
                                        String.join(
                                                ", ",
                                                waiting.stream()
                                                        .map(view ->
                                                                view.path() + " " + view.name())
                                                        .toList())));
    }
}
