package dev.millwright.server.web.route;

import java.util.function.Supplier;

/// Sees to it that a request which is sent again with the same `Idempotency-Key` has its effect
/// once and is answered alike. Called from any thread.
@FunctionalInterface
public interface Repeats {
    /// Carries everything out every time.
    Repeats NONE = (_, _, _, work) -> work.get();

    /// Give the answer of the first request with that key, or carry it out now.
    ///
    /// @param scope who asks for what: keys of different scopes do not meet
    /// @param requestHash the same key with another hash is refused
    Answer once(String scope, String key, String requestHash, Supplier<Answer> work);
}
