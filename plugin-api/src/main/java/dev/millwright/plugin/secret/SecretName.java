package dev.millwright.plugin.secret;

import dev.millwright.plugin.Stability;

/// Which secret is asked for: `from_secret: STORE/PATH#KEY`. Immutable.
///
/// ```java
/// new SecretName("default", "ci/nexus", "token");
/// ```
///
/// @param namespace of the run that asks, so that a store can keep teams apart
/// @param path may hold `/`
/// @param key field of the secret; empty when the reference names none
@Stability(Stability.Level.EVOLVING)
public record SecretName(String namespace, String path, String key) {}
