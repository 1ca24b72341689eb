package dev.millwright.cli.remote;

import dev.millwright.api.MillwrightClient;
import dev.millwright.api.delivery.DeliveryAccepted;
import dev.millwright.api.run.StartRunRequest;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.command.InputOptions;
import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.command.ServerCommand;
import dev.millwright.cli.command.Surroundings;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millwright run`.
@Command(name = "run", description = "Start a pipeline")
public final class RunCommand extends ServerCommand {
    @Parameters(paramLabel = "PIPELINE", description = "Name of the pipeline")
    private String pipeline = "";

    @Mixin private InputOptions inputs = new InputOptions();

    @Option(
            names = "--ref",
            paramLabel = "REF",
            description = "Branch or tag (default: the pipeline's branch)")
    private @Nullable String ref;

    @Option(names = "--commit", paramLabel = "HASH", description = "Commit (default: newest)")
    private @Nullable String commit;

    @Option(
            names = "--event",
            paramLabel = "EVENT",
            description = "What the pipeline's conditions see (default: manual)")
    private String event = "manual";

    @Mixin private FollowOptions follow = new FollowOptions();
    @Mixin private OutputOptions output = new OutputOptions();

    public RunCommand(Surroundings around) {
        super(around);
    }

    @Override
    protected int call(MillwrightClient client, String namespace) {
        DeliveryAccepted accepted =
                client.startRun(
                        namespace,
                        pipeline,
                        new StartRunRequest(
                                new LinkedHashMap<>(inputs.values()), ref, commit, event));
        String ignored = Decision.await(client, accepted);
        if (!ignored.isEmpty()) {
            terminal().note("nothing runs: " + ignored);
            return ExitCode.OK;
        }
        Answers.started(
                terminal(),
                output,
                accepted,
                accepted.run(),
                "run " + accepted.run() + " accepted",
                follow);
        return follow.follow(client, terminal(), accepted.run());
    }
}
