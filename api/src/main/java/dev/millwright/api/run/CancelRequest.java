package dev.millwright.api.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Ask for the end of a run.
///
/// @param reason shown with the run; may be empty
/// @param force whether ensure and teardown steps are stopped and skipped, too
public record CancelRequest(
        @JsonProperty(defaultValue = "") String reason,
        @JsonProperty(defaultValue = "false") boolean force) {
    public CancelRequest {
        reason = reason == null ? "" : reason;
    }
}
