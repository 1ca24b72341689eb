package dev.millwright.model.run;

import java.util.Locale;

/// How a step or run ended, in the words of OpenTelemetry's CI/CD conventions.
///
/// `FAILURE` means the user's command said no; `ERROR` means Millwright or the machine could not
/// tell or could not do it. The two are never mixed up.
public enum Outcome {
    SUCCESS(0),
    SKIP(-1),
    CANCELLATION(1),
    FAILURE(2),
    TIMEOUT(3),
    ERROR(4);

    private final int badness;

    Outcome(int badness) {
        this.badness = badness;
    }

    /// Whether it ends a sequence and makes its group bad.
    public boolean isBad() {
        return badness > 0;
    }

    /// The worse of two: error, timeout, failure, cancellation, success, skip.
    public Outcome worse(Outcome other) {
        return other.badness > badness ? other : this;
    }

    /// The word as users read and write it, such as `failure`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
