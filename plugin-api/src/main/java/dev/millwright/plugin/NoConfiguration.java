package dev.millwright.plugin;

/// The configuration of an extension for which nothing can be written. Immutable.
@Stability(Stability.Level.STABLE)
public record NoConfiguration() {}
