package dev.millwright.cli.local;

import dev.millwright.cli.command.Surroundings;
import dev.millwright.model.plan.Step;
import java.io.Console;
import java.util.Locale;
import java.util.Optional;

/// Asks the person at the terminal; without one the answer is no, unless it was given beforehand.
///
/// @param always whether the answer is always yes
record TerminalApprover(Surroundings around, boolean always) implements LocalRun.Approver {
    @Override
    public boolean approves(Step.Approve step) {
        String question = step.message().isEmpty() ? step.name() : step.message();
        if (always) {
            return true;
        }
        Optional<Console> console = Optional.ofNullable(System.console());
        if (!around.terminal().isLive() || console.isEmpty()) {
            around.terminal()
                    .note("'%s' asks for an approval; say yes with --approve".formatted(question));
            return false;
        }
        String answer = console.get().readLine("%s  approve? [y/N] ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
