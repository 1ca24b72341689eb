package dev.millwright.server.secret;

import dev.millwright.engine.binding.BindingException;
import dev.millwright.engine.binding.BindingProblem;
import dev.millwright.engine.binding.KnownSecrets;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.engine.binding.StoredSecrets;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.Secret;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The secrets that resources name in their settings: the `with` of a hook, a poll, a notifier.
/// Usable from any thread.
@FunctionalInterface
public interface SettingSecrets {
    /// Where the plugin's settings find their secrets. Those of stores are looked up here, so that
    /// the wait for a store does not count as the plugin's. Throws [SecretsUnavailableException]
    /// when a store cannot tell now, and [BindingException] when there is no such secret.
    ///
    /// @param wait whether to wait for a store, which takes 15 s at most
    SecretSource of(String namespace, Parameters written, boolean wait) throws InterruptedException;

    /// Looks into stores, and on this machine.
    ///
    /// @param machine knows `${env:NAME}` and `${file:PATH}` of this machine
    static SettingSecrets create(SecretSource machine, SecretStores stores) {
        return (namespace, written, wait) -> {
            Set<String> asked = StoredSecrets.in(written.values());
            if (asked.isEmpty()) {
                return KnownSecrets.of(machine, Map.of());
            }
            SecretAnswer answer =
                    wait ? stores.await(namespace, asked) : stores.find(namespace, asked);
            return switch (answer) {
                case SecretAnswer.Ready(Map<String, Secret> values) ->
                        KnownSecrets.of(machine, values);
                case SecretAnswer.Refused(String reason) ->
                        throw new BindingException(List.of(new BindingProblem("", reason)));
                case SecretAnswer.Waiting waiting ->
                        throw new SecretsUnavailableException(
                                waiting.reason().isEmpty()
                                        ? "it waits for a store of secrets"
                                        : waiting.reason());
            };
        };
    }
}
