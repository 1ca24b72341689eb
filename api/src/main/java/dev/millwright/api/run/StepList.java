package dev.millwright.api.run;

import dev.millwright.model.RunId;
import java.util.List;

/// All steps of a run at one moment, in plan order, parents before children.
///
/// @param status how the run stood at that moment
/// @param sequence the run's newest event at that moment; follow the events after it to stay
///   current
public record StepList(RunId run, Status status, long sequence, List<StepView> items) {
    public StepList {
        items = List.copyOf(items);
    }
}
