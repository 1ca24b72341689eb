package dev.millwright.cli.remote;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.run.RerunRequest;
import dev.millwright.api.run.RunAccepted;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import dev.millwright.model.RunId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright rerun`.
@Command(name = "rerun", description = "Repeat a run, all of it or a part")
public final class RerunCommand extends ServerCommand {
    @Parameters(paramLabel = "RUN", description = RunReference.FORMS)
    private String run = "";

    @ArgGroup private @Nullable Part part;

    static final class Part {
        @Option(names = "--failed", description = "Only the steps that did not succeed")
        @SuppressWarnings("UnusedVariable") // what is meant when the other one is missing
        private boolean failed;

        @Option(
                names = "--from",
                paramLabel = "STEP",
                description = "This step and all that come after it")
        private @Nullable String from;
    }

    @Mixin private FollowOptions follow = new FollowOptions();
    @Mixin private OutputOptions output = new OutputOptions();

    public RerunCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        RunId id = RunReference.find(client, namespace, run);
        RunAccepted accepted = client.rerun(id, request(client, id));
        Answers.started(
                terminal(),
                output,
                accepted,
                accepted.run(),
                "run " + accepted.run() + " accepted",
                follow);
        return follow.follow(client, terminal(), accepted.run());
    }

    private RerunRequest request(MillwrightClient client, RunId id) {
        Part wanted = part;
        if (wanted == null) {
            return RerunRequest.all();
        }
        String from = wanted.from;
        return from == null
                ? RerunRequest.failed()
                : RerunRequest.from(StepReference.find(client, id, from));
    }
}
