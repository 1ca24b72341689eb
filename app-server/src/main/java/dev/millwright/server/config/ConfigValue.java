package dev.millwright.server.config;

/// The value of one key, for people.
///
/// @param shown the value in text form; `******` for a secret that is set
public record ConfigValue(String key, String shown, ConfigOrigin origin) {}
