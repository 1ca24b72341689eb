package dev.millwright.engine.binding;

import java.util.Optional;
import java.util.regex.Pattern;

/// Where the values of `${env:NAME}` and `${file:PATH}` come from, and where stores are asked also
/// those of `${secret:STORE/PATH#KEY}`.
@FunctionalInterface
public interface SecretSource {
    /// How a reference to a secret of a machine looks.
    Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

    /// How a reference to a secret of a store looks: `${secret:STORE/PATH#KEY}`.
    Pattern OF_STORE = Pattern.compile("\\$\\{secret:([^{}]+)}");

    /// For checking a configuration without looking any secret up.
    SecretSource UNRESOLVED =
            new SecretSource() {
                @Override
                public Optional<String> resolve(String reference) {
                    return Optional.of(reference);
                }

                @Override
                public boolean knowsStores() {
                    return true;
                }
            };

    /// The value; empty when there is none.
    Optional<String> resolve(String reference);

    /// Whether secrets of stores can be had here.
    default boolean knowsStores() {
        return false;
    }
}
