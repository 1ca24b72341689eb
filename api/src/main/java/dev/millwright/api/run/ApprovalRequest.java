package dev.millwright.api.run;

/// Answer a step that waits for approval.
///
/// @param comment shown with the step; may be empty
public record ApprovalRequest(boolean approved, String comment) {
    public ApprovalRequest {
        comment = comment == null ? "" : comment;
    }
}
