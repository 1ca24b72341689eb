package dev.millwright.api.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millwright.model.plan.StepPath;
import org.jspecify.annotations.Nullable;

/// Ask for a run to be repeated on the same plan.
///
/// @param from the step to begin at; only with mode `from`
public record RerunRequest(@JsonProperty(defaultValue = "all") Mode mode, @Nullable StepPath from) {
    public RerunRequest {
        mode = mode == null ? Mode.ALL : mode;
    }

    /// Which steps are done again; the results of the others are taken over.
    public enum Mode {
        ALL,
        FAILED,
        FROM
    }

    public static RerunRequest all() {
        return new RerunRequest(Mode.ALL, null);
    }

    public static RerunRequest failed() {
        return new RerunRequest(Mode.FAILED, null);
    }

    public static RerunRequest from(StepPath step) {
        return new RerunRequest(Mode.FROM, step);
    }
}
