package dev.millwright.server.access;

/// A caller whose key was checked.
///
/// @param keyId the public part of the key
/// @param name for people
public record Identity(String keyId, String name, Role role) {}
