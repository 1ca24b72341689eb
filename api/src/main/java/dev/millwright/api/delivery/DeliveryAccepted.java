package dev.millwright.api.delivery;

import dev.millwright.model.DeliveryId;
import dev.millwright.model.RunId;
import java.util.List;

/// A trigger is stored durably and will be carried out.
///
/// @param runs the runs it leads to
/// @param location path of the run below the server's address
public record DeliveryAccepted(DeliveryId delivery, List<RunId> runs, String location) {
    public DeliveryAccepted {
        runs = List.copyOf(runs);
    }

    /// The run that it leads to.
    public RunId run() {
        return runs.getFirst();
    }
}
