package dev.millwright.api.delivery;

import dev.millwright.model.DeliveryId;
import dev.millwright.model.RunId;
import java.util.List;

/// A trigger is stored durably, and will be carried out if it asks for anything.
///
/// @param status `received` when a run is to begin, unless what the pipeline says is against it, or
///   another delivery of the same push has its run by then; `ignored` or `rejected` when it is
///   known that none will; `started` for a repetition whose run exists
/// @param reason why it starts no run, else empty
/// @param runs the ids that its runs will have, if they begin; empty when it starts none
/// @param location path of the run below the server's address, or of the delivery when there is no
///   run
public record DeliveryAccepted(
        DeliveryId delivery, String status, String reason, List<RunId> runs, String location) {
    public DeliveryAccepted {
        runs = List.copyOf(runs);
    }

    /// The run that it leads to. Throws [java.util.NoSuchElementException] when it starts none.
    public RunId run() {
        return runs.getFirst();
    }
}
