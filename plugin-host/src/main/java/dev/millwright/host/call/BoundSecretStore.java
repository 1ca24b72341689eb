package dev.millwright.host.call;

import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.use.Use;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.secret.SecretLookup;
import dev.millwright.plugin.secret.SecretName;
import dev.millwright.plugin.secret.SecretStore;
import java.time.Duration;

/// A store of secrets with its settings.
///
/// Called from any thread. Throws what [Use#call] throws, and
/// [dev.millwright.engine.binding.BindingException] when what users wrote does not fit.
public record BoundSecretStore(Use<SecretStore<?>> use, Parameters written, SecretSource secrets) {
    private static final Duration FIND = Duration.ofSeconds(10);

    /// Look one secret up.
    public SecretLookup find(SecretName name) throws InterruptedException {
        return use.call("find", FIND, typed -> find(typed, name));
    }

    private <C extends Record> SecretLookup find(SecretStore<C> typed, SecretName name)
            throws InterruptedException {
        return typed.find(name, settings(typed));
    }

    private <C extends Record> C settings(SecretStore<C> typed) {
        return RecordBinder.bind(typed.configuration(), written, secrets);
    }
}
