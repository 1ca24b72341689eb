package dev.millwright.server.secret;

import dev.millwright.engine.binding.BindingException;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.Extensions;
import dev.millwright.host.call.BoundSecretStore;
import dev.millwright.host.use.PluginCallException;
import dev.millwright.host.use.Point;
import dev.millwright.model.resource.Resource;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.secret.SecretLookup;
import dev.millwright.server.plugin.MissingPlugins;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.resource.SecretStoreSpec;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/// Looks one secret up in the store that its reference names. Called from any thread; may take as
/// long as a plugin may.
record StoreLookups(Resources resources, Extensions extensions, SecretSource secrets) {

    /// What came of a lookup.
    sealed interface Result {
        record Found(Secret value) implements Result {}

        /// There is none, and why.
        record None(String reason) implements Result {}

        /// Nobody can tell now.
        ///
        /// @param patience how long it is worth while to ask again
        record Later(String reason, Duration notBefore, Duration patience) implements Result {}
    }

    Result look(String namespace, String text) throws InterruptedException {
        Optional<SecretReference> reference = SecretReference.parse(text);
        if (reference.isEmpty()) {
            return new Result.None(text + " is no reference; write STORE/PATH or STORE/PATH#KEY");
        }
        String name = reference.get().store();
        Optional<SecretStoreSpec> store = store(namespace, name);
        if (store.isEmpty()) {
            return new Result.None(
                    "there is no SecretStore '%s' for the namespace '%s'"
                            .formatted(name, namespace));
        }
        String type = store.get().type();
        Duration patience = store.get().patience();
        Optional<BoundSecretStore> bound =
                extensions
                        .find(Point.SECRET_STORE, type)
                        .map(use -> new BoundSecretStore(use, store.get().settings(), secrets));
        if (bound.isEmpty()) {
            return later(
                    name,
                    patience,
                    new MissingPlugins(extensions)
                            .problem(Point.SECRET_STORE, type)
                            .orElse("its plugin came just now"));
        }
        try {
            return switch (bound.get().find(reference.get().name(namespace))) {
                case SecretLookup.Found(Secret value) -> new Result.Found(value);
                case SecretLookup.Missing() ->
                        new Result.None("the store '%s' has no such secret".formatted(name));
                case SecretLookup.Unavailable(String reason, Duration notBefore) ->
                        new Result.Later("%s: %s".formatted(name, reason), notBefore, patience);
            };
        } catch (BindingException unfit) {
            return later(name, patience, String.valueOf(unfit.getMessage()));
        } catch (PluginCallException failed) {
            return later(name, patience, String.valueOf(failed.getMessage()));
        }
    }

    private static Result later(String store, Duration patience, String reason) {
        return new Result.Later("%s: %s".formatted(store, reason), Duration.ZERO, patience);
    }

    /// A store of the namespace itself counts more than one for all.
    private Optional<SecretStoreSpec> store(String namespace, String name) {
        return resources.all(Resources.SECRET_STORE).stream()
                .filter(resource -> resource.name().equals(name))
                .sorted(
                        Comparator.comparing(
                                (Resource resource) -> !resource.namespace().equals(namespace)))
                .filter(resource ->
                        resource.namespace().equals(namespace)
                                || SecretStoreSpec.of(resource.spec()).allNamespaces())
                .findFirst()
                .map(resource -> SecretStoreSpec.of(resource.spec()));
    }
}
