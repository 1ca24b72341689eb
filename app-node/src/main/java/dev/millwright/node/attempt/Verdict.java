package dev.millwright.node.attempt;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.runner.Execution;
import org.jspecify.annotations.Nullable;

/// What the way an attempt ended means.
///
/// @param cause one word, empty for success
record Verdict(Outcome outcome, String cause, String message, @Nullable Integer code) {

    /// A stop that was asked for decides, whatever the exit code: many programs end with 0 when
    /// they are told to end.
    ///
    /// @param limit of the log when it was reached, else -1
    static Verdict of(Execution.Result result, Action.@Nullable Reason stopReason, long limit) {
        Integer code = result instanceof Execution.Result.Exited(int exit) ? exit : null;
        if (limit >= 0) {
            return new Verdict(
                    Outcome.ERROR,
                    "log-limit",
                    "the step wrote more than %,d bytes of output and was ended".formatted(limit),
                    code);
        }
        if (stopReason != null) {
            return stopped(stopReason, code);
        }
        return switch (result) {
            case Execution.Result.Exited(int exit) when exit == 0 ->
                    new Verdict(Outcome.SUCCESS, "", "", 0);
            case Execution.Result.Exited(int exit) ->
                    new Verdict(Outcome.FAILURE, "exit", ExitCodes.describe(exit), exit);
            case Execution.Result.Broken(String cause, String message) ->
                    new Verdict(Outcome.ERROR, cause, message, null);
        };
    }

    static Verdict stopped(Action.Reason reason, @Nullable Integer code) {
        return switch (reason) {
            case CANCEL -> new Verdict(Outcome.CANCELLATION, "cancel", "cancelled", code);
            case FAIL_FAST ->
                    new Verdict(
                            Outcome.CANCELLATION,
                            "fail-fast",
                            "stopped because a step beside it failed",
                            code);
            case TIMEOUT ->
                    new Verdict(Outcome.TIMEOUT, "timeout", "took longer than it may", code);
        };
    }

    static Verdict error(String cause, Throwable problem) {
        return new Verdict(Outcome.ERROR, cause, String.valueOf(problem.getMessage()), null);
    }
}
