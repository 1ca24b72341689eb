package dev.millwright.engine.yaml;

import java.util.Optional;

/// Gives the text of a file of the same repository.
@FunctionalInterface
public interface Includes {
    /// Nothing can be included.
    Includes NONE = path -> Optional.empty();

    /// The text of the file; empty when there is none.
    ///
    /// @param path relative to the repository's root, without `..`
    Optional<String> text(String path);
}
