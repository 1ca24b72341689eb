package dev.millwright.server.trigger;

import java.util.Optional;

/// Looks up `${env:X}` and `${file:...}`; empty when there is nothing.
public interface SecretReferences {
    Optional<String> resolve(String reference);
}
