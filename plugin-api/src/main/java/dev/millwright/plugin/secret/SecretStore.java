package dev.millwright.plugin.secret;

import dev.millwright.plugin.Extension;
import dev.millwright.plugin.Stability;

/// Read the secrets of one kind of store, such as `vault`.
///
/// The order of calls:
///
/// 1. [#find(SecretName, Record)] when a step that names the secret is given to a node: the value
///    goes there and nowhere else, it is never stored, and it is masked in logs. Several servers
///    ask at once.
///
/// Threads and failure: as in [Extension]. Deadline: 10 s. What is thrown counts as
/// [SecretLookup.Unavailable]: the step waits and the lookup is tried again.
///
/// ```java
/// @Override public SecretLookup find(SecretName name, Settings settings) {
///     String value = vault.read(name.path(), name.key());
///     return value == null ? new SecretLookup.Missing() : new SecretLookup.Found(Secret.of(value));
/// }
/// ```
///
/// @param <C> what administrators write for one store
@Stability(Stability.Level.EVOLVING)
public interface SecretStore<C extends Record> extends Extension<C> {
    /// Look one secret up. Must not keep the value.
    SecretLookup find(SecretName name, C store) throws InterruptedException;
}
