package dev.millwright.api.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Ask for the end of a run.
///
/// @param reason shown with the run; may be empty
public record CancelRequest(@JsonProperty(defaultValue = "") String reason) {
    public CancelRequest {
        reason = reason == null ? "" : reason;
    }
}
