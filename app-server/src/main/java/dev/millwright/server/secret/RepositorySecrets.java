package dev.millwright.server.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.model.Sha256;
import dev.millwright.model.plan.RepositoryAccess;
import dev.millwright.node.RepositoryLogin;
import dev.millwright.plugin.Secret;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks up what opens the repositories of pipelines: secrets of stores, and those of the server's
/// machine. Any thread.
///
/// @param machine knows `${env:NAME}` and `${file:PATH}` of this machine
public record RepositorySecrets(SecretStores stores, SecretSource machine) {

    /// What is known now; never waits for a store.
    public SecretAnswer find(String namespace, RepositoryAccess access) {
        Collection<String> stored = stored(access);
        return with(
                access,
                stored.isEmpty() ? SecretAnswer.Ready.NONE : stores.find(namespace, stored));
    }

    /// Wait for the stores, as long as a lookup takes.
    public SecretAnswer await(String namespace, RepositoryAccess access)
            throws InterruptedException {
        Collection<String> stored = stored(access);
        return with(
                access,
                stored.isEmpty() ? SecretAnswer.Ready.NONE : stores.await(namespace, stored));
    }

    /// Those that stores are asked for.
    public static List<String> stored(RepositoryAccess access) {
        return access.references().stream()
                .filter(reference -> SecretSource.OF_STORE.matcher(reference).matches())
                .toList();
    }

    private SecretAnswer with(RepositoryAccess access, SecretAnswer ofStores) {
        if (!(ofStores instanceof SecretAnswer.Ready(Map<String, Secret> found))) {
            return ofStores;
        }
        Map<String, Secret> values = new HashMap<>(found);
        for (String reference : access.references()) {
            if (!values.containsKey(reference)) {
                Optional<String> value = machine.resolve(reference).filter(one -> !one.isEmpty());
                if (value.isEmpty()) {
                    return new SecretAnswer.Refused(
                            "its repository asks for the secret %s, which this server's machine does not have"
                                    .formatted(reference));
                }
                values.put(reference, Secret.of(value.get()));
            }
        }
        return new SecretAnswer.Ready(values);
    }

    /// What git is given. Who names the same secrets in the same namespace is the same reader: that
    /// lasts while values change.
    ///
    /// @param values by their references
    /// @param forParts whether submodules and large files may be fetched with it, too
    public static RepositoryLogin login(
            String namespace,
            RepositoryAccess access,
            Map<String, Secret> values,
            boolean forParts) {
        return new RepositoryLogin(
                access.references().isEmpty() ? "" : reader(namespace, access),
                access.user(),
                access.password().map(values::get).orElse(null),
                access.key().map(values::get).orElse(null),
                access.knownHosts(),
                forParts);
    }

    private static String reader(String namespace, RepositoryAccess access) {
        List<String> parts = new ArrayList<>(List.of(namespace, access.user()));
        parts.add(access.password().orElse(""));
        parts.add(access.key().orElse(""));
        MessageDigest hash = Sha256.digest();
        for (String part : parts) {
            byte[] bytes = part.getBytes(UTF_8);
            hash.update((bytes.length + ":").getBytes(UTF_8));
            hash.update(bytes);
        }
        return HexFormat.of().formatHex(hash.digest(), 0, 16);
    }
}
