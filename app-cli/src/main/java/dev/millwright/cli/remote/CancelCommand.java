package dev.millwright.cli.remote;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.run.CancelRequest;
import dev.millwright.api.run.RunAccepted;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.model.RunId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright cancel`.
@Command(name = "cancel", description = "Stop a run; its teardown steps still run")
public final class CancelCommand extends ServerCommand {
    @Parameters(paramLabel = "RUN", description = RunReference.FORMS)
    private String run = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Shown with the run")
    private String reason = "";

    @Option(names = "--force", description = "Stop and skip its teardown steps, too")
    private boolean force;

    @Mixin private FollowOptions follow = new FollowOptions();
    @Mixin private OutputOptions output = new OutputOptions();

    public CancelCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        RunId id = RunReference.find(client, namespace, run);
        RunAccepted accepted = client.cancel(id, new CancelRequest(reason, force));
        Answers.started(
                terminal(), output, accepted, id, "run " + id + " is being cancelled", follow);
        return follow.follow(client, terminal(), id);
    }
}
