package dev.millwright.server.secret;

import dev.millwright.engine.binding.StoredSecrets;
import dev.millwright.model.resource.Resource;
import dev.millwright.server.resource.ResourceProblem;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.resource.SecretStoreSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Tells people which `SecretStore` they have to apply for what they wrote. Called from any thread.
public record MissingStores(Resources resources) {
    /// What is no reference, whatever it looks like.
    private static final Set<String> TEXTS = Set.of("commands", "script");

    /// References to stores that are not there. Their pointers are those of the document.
    ///
    /// @param together what is applied with it, and perhaps not stored yet
    public List<ResourceProblem> hints(Resource resource, Collection<Resource> together) {
        List<ResourceProblem> found = new ArrayList<>();
        if (!resource.kind().equals(Resources.SECRET_STORE)) {
            collect("/spec", resource.spec().values(), resource.namespace(), together, found);
        }
        return found;
    }

    private void collect(
            String pointer,
            Object value,
            String namespace,
            Collection<Resource> together,
            List<ResourceProblem> found) {
        Optional<String> reference = StoredSecrets.reference(value);
        if (reference.isPresent()) {
            SecretReference.parse(reference.get())
                    .map(SecretReference::store)
                    .filter(store -> !isThere(store, namespace, together))
                    .ifPresent(store ->
                            found.add(
                                    ResourceProblem.at(
                                            pointer,
                                            "there is no SecretStore '%s' for the namespace '%s'; 'millwright get secretstores' tells what there is"
                                                    .formatted(store, namespace))));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                if (!TEXTS.contains(String.valueOf(key))) {
                    collect(pointer + "/" + key, inner, namespace, together, found);
                }
            });
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                collect(pointer + "/" + i, list.get(i), namespace, together, found);
            }
        }
    }

    private boolean isThere(String store, String namespace, Collection<Resource> together) {
        return Stream.concat(
                        resources.all(Resources.SECRET_STORE).stream(),
                        together.stream()
                                .filter(other -> other.kind().equals(Resources.SECRET_STORE)))
                .filter(other -> other.name().equals(store))
                .anyMatch(other ->
                        other.namespace().equals(namespace)
                                || SecretStoreSpec.of(other.spec()).allNamespaces());
    }
}
