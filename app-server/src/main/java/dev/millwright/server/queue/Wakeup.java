package dev.millwright.server.queue;

import dev.millwright.model.DeliveryId;
import dev.millwright.model.RunId;
import java.time.Instant;

/// Say what to look at again. A wake-up holds ids only, may come twice, and may come for something
/// that was done long ago; what it leads to must be the same however often it comes.
public sealed interface Wakeup {
    /// A delivery was stored and wants to be made into a run.
    record StartRun(DeliveryId delivery) implements Wakeup {}

    /// Something about a run changed, or its next moment has come.
    record AdvanceRun(RunId run) implements Wakeup {}

    /// An occurrence of a pipeline's schedule is due.
    record FireCron(String namespace, String pipeline, String name, Instant occurrence)
            implements Wakeup {}

    /// Time to forget what is old.
    record Retention() implements Wakeup {}

    /// Time to look for whatever is due and has no wake-up of its own; never stored.
    record Sweep() implements Wakeup {}
}
