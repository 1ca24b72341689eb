package dev.millwright.server.web.live;

import dev.millwright.model.plan.StepPath;
import dev.millwright.server.run.AttemptRecord;
import dev.millwright.server.run.RunView;
import dev.millwright.server.web.route.ProblemException;
import dev.millwright.server.web.route.ProblemType;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which attempt's log a caller means.
///
/// @param attemptOrNull null when the step has not begun
/// @param complete whether no further line can follow
public record StepLog(StepPath path, @Nullable AttemptRecord attemptOrNull, boolean complete) {
    /// Find the attempt; throws a problem when the run has no such step or attempt.
    ///
    /// @param number of the attempt; 0 for the last one
    public static StepLog of(RunView run, StepPath path, long number) {
        int position =
                run.plan()
                        .find(path)
                        .orElseThrow(() ->
                                ProblemException.of(
                                        ProblemType.NOT_FOUND,
                                        "run %s has no step %s"
                                                .formatted(run.record().address(), path)));
        Optional<AttemptRecord> attempt =
                run.attempts().stream()
                        .filter(a -> a.position() == position)
                        .filter(a -> number == 0 || a.number() == number)
                        .max(Comparator.comparingLong(AttemptRecord::fence));
        if (number > 0 && attempt.isEmpty()) {
            throw ProblemException.of(
                    ProblemType.NOT_FOUND,
                    "step %s of run %s has no attempt %d"
                            .formatted(path, run.record().address(), number));
        }
        boolean complete =
                attempt.map(a -> a.phase() == AttemptRecord.Phase.ENDED)
                        .orElseGet(() -> run.state().step(position).isFinished());
        return new StepLog(path, attempt.orElse(null), complete);
    }

    public Optional<AttemptRecord> attempt() {
        return Optional.ofNullable(attemptOrNull);
    }
}
