package dev.millwright.docker.settings;

/// When an image is fetched from its registry.
public enum Pull {
    /// Before each step.
    ALWAYS,
    /// When the engine does not have it.
    MISSING,
    /// Never: the engine has it, or the step fails.
    NEVER
}
