package dev.millwright.api.server;

/// What answers.
///
/// @param api version of the HTTP contract, such as `v1`
/// @param java version of the Java runtime
public record VersionView(String name, String version, String api, String java) {}
