package dev.millwright.api.run;

/// Ask for the end of a run.
///
/// @param reason shown with the run; may be empty
public record CancelRequest(String reason) {
    public CancelRequest {
        reason = reason == null ? "" : reason;
    }
}
