package dev.millwright.cli.remote;

import dev.millwright.cli.command.OutputOptions;
import dev.millwright.cli.terminal.Terminal;
import dev.millwright.model.RunId;

/// Prints what became of a request about a run.
final class Answers {
    private Answers() {}

    static void started(
            Terminal terminal,
            OutputOptions output,
            Object answer,
            RunId run,
            String sentence,
            FollowOptions follow) {
        output.one(
                terminal,
                answer,
                () -> {
                    if (!follow.isWanted()) {
                        terminal.line(sentence);
                        terminal.note("follow it: millwright runs follow " + run);
                    }
                },
                run.toString());
    }
}
