package dev.millwright.cli.command;

import dev.millwright.api.MillwrightClient;
import picocli.CommandLine.Mixin;

/// A command that asks a server.
public abstract class ServerCommand extends BaseCommand {
    @Mixin private ServerOptions server = new ServerOptions();

    protected ServerCommand(Surroundings around) {
        super(around);
    }

    @Override
    public final Integer call() {
        try (MillwrightClient client = server.connect(around)) {
            return call(client, server.namespace(around));
        }
    }

    /// Do the work; gives the exit code.
    protected abstract int call(MillwrightClient client, String namespace);
}
