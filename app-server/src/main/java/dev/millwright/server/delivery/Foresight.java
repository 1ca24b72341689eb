package dev.millwright.server.delivery;

import java.util.Optional;

/// Tells of a delivery that is about to be stored whether it is known already that it starts no
/// run. Then its sender hears so, instead of the id of a run that never comes.
@FunctionalInterface
public interface Foresight {
    /// Whatever comes is looked at in a job only.
    Foresight NONE = _ -> Optional.empty();

    /// Empty when it may start a run. The sender waits meanwhile.
    Optional<Verdict> of(Delivery delivery);
}
