package dev.millwright.server.run;

/// Parts of sentences about runs and steps. Pure.
final class Sentences {
    private Sentences() {}

    /// What is said behind the name of a run with this status, such as `failed` or `is running`.
    static String standing(String status) {
        return switch (status) {
            case "success" -> "succeeded";
            case "warning" -> "succeeded with warnings";
            case "failure" -> "failed";
            case "error" -> "ended with an error";
            case "timeout" -> "ran out of time";
            case "cancelled" -> "was cancelled";
            case "skipped" -> "was skipped";
            case "cancelling" -> "is being cancelled";
            default -> "is " + status;
        };
    }

    /// What is said behind the name of a step that waits for this reason, if there is one.
    static String waiting(String reason) {
        if (reason.isEmpty()) {
            return "waits";
        }
        return reason.startsWith("Waits ") ? "w" + reason.substring(1) : "waits: " + reason;
    }
}
