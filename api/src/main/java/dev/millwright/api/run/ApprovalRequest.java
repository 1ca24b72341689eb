package dev.millwright.api.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Answer a step that waits for approval.
///
/// @param comment shown with the step; may be empty
public record ApprovalRequest(boolean approved, @JsonProperty(defaultValue = "") String comment) {
    public ApprovalRequest {
        comment = comment == null ? "" : comment;
    }
}
