package dev.millwright.cli.remote;

import dev.millwright.api.MillwrightClient;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.terminal.Terminal;
import dev.millwright.model.RunId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of commands that may follow the run they started. One thread.
final class FollowOptions {
    @Option(
            names = {"-f", "--follow"},
            description = "Show the steps until the run ends; the exit code tells how")
    private boolean follow;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "Follow no longer than this (such as 90s, 10m); exit code 124")
    private @Nullable String timeout;

    boolean isWanted() {
        return follow || timeout != null;
    }

    int follow(MillwrightClient client, Terminal terminal, RunId run) {
        return isWanted()
                ? new RunFollower(client, terminal).follow(run, RunFollower.timeout(timeout))
                : ExitCode.OK;
    }
}
