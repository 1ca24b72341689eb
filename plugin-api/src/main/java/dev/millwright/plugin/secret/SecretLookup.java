package dev.millwright.plugin.secret;

import dev.millwright.plugin.Secret;
import dev.millwright.plugin.Stability;
import java.time.Duration;

/// What a store knows of a secret. Immutable.
///
/// ```java
/// return new SecretLookup.Found(Secret.of(value));
/// ```
@Stability(Stability.Level.EVOLVING)
public sealed interface SecretLookup {
    record Found(Secret secret) implements SecretLookup {}

    /// There is no such secret: the step ends with an error that says so.
    record Missing() implements SecretLookup {}

    /// The store cannot tell now.
    ///
    /// @param reason for people; holds no secret
    /// @param notBefore the shortest pause; zero for the host's own
    record Unavailable(String reason, Duration notBefore) implements SecretLookup {}
}
