package dev.millwright.engine.binding;

import dev.millwright.plugin.Secret;
import java.util.Map;
import java.util.Optional;

/// Secrets of stores that were looked up before, beside those of a machine. Immutable.
public final class KnownSecrets implements SecretSource {
    private final SecretSource machine;
    private final Map<String, Secret> values;
    private final boolean forgotten;

    private KnownSecrets(SecretSource machine, Map<String, Secret> values, boolean forgotten) {
        this.machine = machine;
        this.values = Map.copyOf(values);
        this.forgotten = forgotten;
    }

    /// Make one that knows those and no others.
    ///
    /// @param values by their references, such as `${secret:nexus/ci/upload#token}`
    public static KnownSecrets of(SecretSource machine, Map<String, Secret> values) {
        return new KnownSecrets(machine, values, false);
    }

    /// For settings that are read again when their secrets of stores are not known any more, and
    /// not needed: a word of no use stands for each.
    public static KnownSecrets forgotten(SecretSource machine) {
        return new KnownSecrets(machine, Map.of(), true);
    }

    @Override
    public Optional<String> resolve(String reference) {
        if (!OF_STORE.matcher(reference).matches()) {
            return machine.resolve(reference);
        }
        return forgotten
                ? Optional.of("forgotten")
                : Optional.ofNullable(values.get(reference)).map(Secret::reveal);
    }

    @Override
    public boolean knowsStores() {
        return true;
    }
}
