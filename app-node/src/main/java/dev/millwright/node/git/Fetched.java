package dev.millwright.node.git;

import java.nio.file.Path;

/// A commit that lies in the cache.
///
/// @param bareRepository the cache itself; to be read only
/// @param commit full hash
/// @param ref full name such as `refs/heads/main`; empty when only a commit was asked for
public record Fetched(Path bareRepository, String commit, String ref) {}
