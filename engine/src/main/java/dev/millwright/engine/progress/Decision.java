package dev.millwright.engine.progress;

import dev.millwright.model.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What follows from signals and time: the next state, and what to do once it is stored.
///
/// @param state the state to store, equal to the old one when nothing changed
/// @param changed pre-order numbers of the steps whose state differs from before, ascending
/// @param actions in the order in which to carry them out
/// @param wakeAtOrNull when to decide again though nothing was signalled
public record Decision(
        RunState state,
        List<Integer> changed,
        List<Action> actions,
        @Nullable Instant wakeAtOrNull) {
    public Decision {
        changed = List.copyOf(changed);
        actions = List.copyOf(actions);
    }

    public Optional<Instant> wakeAt() {
        return Optional.ofNullable(wakeAtOrNull);
    }
}
