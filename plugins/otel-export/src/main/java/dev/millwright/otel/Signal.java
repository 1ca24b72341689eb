package dev.millwright.otel;

/// What OpenTelemetry knows, and where it goes over HTTP.
public enum Signal {
    TRACES,
    LOGS,
    METRICS;

    String path() {
        return "/v1/" + word();
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
