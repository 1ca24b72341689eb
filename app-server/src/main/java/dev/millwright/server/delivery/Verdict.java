package dev.millwright.server.delivery;

/// That a delivery starts no run, and why.
///
/// @param status `IGNORED` or `REJECTED`
public record Verdict(DeliveryStatus status, String reason) {
    public Verdict {
        if (status.hasRun()) {
            throw new IllegalArgumentException("a delivery without a run is not " + status);
        }
    }
}
