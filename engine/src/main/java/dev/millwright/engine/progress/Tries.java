package dev.millwright.engine.progress;

import dev.millwright.model.plan.Retry;
import dev.millwright.model.run.Outcome;

/// Count tries with attempt numbers that never repeat.
///
/// A step with `retry.attempts: 3` owns the numbers in blocks of three: 1-3 while it runs for the
/// first time, 4-6 when an enclosing group tries it again, and so on. So the try follows from the
/// number alone, and nothing else has to be stored. Numbers may be left out.
final class Tries {
    /// Blocks after which an attempt that gets lost over and over is given up.
    static final int MOST_BLOCKS = 100;

    private Tries() {}

    /// Which try within its block the attempt is, from 1.
    static int of(int attempt, Retry retry) {
        return (attempt - 1) % retry.attempts() + 1;
    }

    /// The number for the same try once more, for an attempt that does not count.
    static int same(int attempt, Retry retry) {
        return attempt + retry.attempts();
    }

    /// The last number of the current block: what a step keeps while it is pending again.
    static int endOfBlock(int attempt, Retry retry) {
        return (attempt + retry.attempts() - 1) / retry.attempts() * retry.attempts();
    }

    static boolean isExhausted(int attempt, Retry retry) {
        return (attempt - 1) / retry.attempts() + 1 >= MOST_BLOCKS;
    }

    /// Whether another try is allowed and this end is worth it.
    static boolean again(int attempt, Retry retry, Outcome outcome, String cause) {
        return of(attempt, retry) < retry.attempts() && isWorth(retry, outcome, cause);
    }

    /// What a step says between two tries.
    static String describe(int attempt, Retry retry, Outcome outcome, String message) {
        String end = message.isBlank() ? "." : ": " + message;
        return "Try %d of %d ended with %s"
                        .formatted(of(attempt, retry), retry.attempts(), outcome.word())
                + end;
    }

    private static boolean isWorth(Retry retry, Outcome outcome, String cause) {
        return switch (outcome) {
            case FAILURE -> retry.on().contains(Retry.Cause.FAILURE);
            case TIMEOUT -> retry.on().contains(Retry.Cause.TIMEOUT);
            case ERROR -> isWorth(retry, cause);
            case SUCCESS, SKIP, CANCELLATION -> false;
        };
    }

    /// A condition that cannot be evaluated now cannot be evaluated at the next try either.
    private static boolean isWorth(Retry retry, String errorCause) {
        return switch (errorCause) {
            case Cause.CONDITION -> false;
            case Cause.LOST -> retry.on().contains(Retry.Cause.LOST);
            default -> retry.on().contains(Retry.Cause.ERROR);
        };
    }
}
