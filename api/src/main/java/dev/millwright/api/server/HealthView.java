package dev.millwright.api.server;

/// The process lives and answers.
public record HealthView(String status) {
    public static final HealthView OK = new HealthView("ok");
}
