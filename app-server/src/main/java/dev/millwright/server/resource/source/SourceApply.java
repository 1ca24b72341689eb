package dev.millwright.server.resource.source;

import dev.millwright.model.resource.Resource;
import dev.millwright.server.resource.ApplyOptions;
import dev.millwright.server.resource.ApplyResult;
import dev.millwright.server.resource.DeleteResult;
import dev.millwright.server.resource.Manifest;
import dev.millwright.server.resource.ManifestReader;
import dev.millwright.server.resource.ResourceProblem;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.resource.StoredResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the resources of one origin what its texts say: applied together or not at all, and then
/// what is no longer there deleted.
record SourceApply(Resources resources) {

    /// Gives what is wrong; when anything is, nothing was changed, but for deletions that were
    /// refused.
    List<String> apply(String origin, Map<String, String> texts) {
        List<String> problems = new ArrayList<>();
        List<Manifest> manifests = read(texts, problems);
        if (!problems.isEmpty()) {
            return problems;
        }
        ApplyOptions options = ApplyOptions.of(false, Optional.empty(), origin);
        for (ApplyResult result : resources.applyAll(manifests, options)) {
            switch (result) {
                case ApplyResult.Invalid(List<ResourceProblem> found) ->
                        found.forEach(problem -> problems.add(problem.render()));
                case ApplyResult.Conflict(String reason) -> problems.add(reason);
                case ApplyResult.Created _, ApplyResult.Changed _, ApplyResult.Unchanged _ -> {}
            }
        }
        return problems.isEmpty() ? prune(manifests, options) : problems;
    }

    private static List<Manifest> read(Map<String, String> texts, List<String> problems) {
        List<Manifest> manifests = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        texts.forEach((file, text) -> {
            switch (ManifestReader.read(file, text, Resources.DEFAULT_NAMESPACE)) {
                case ManifestReader.Reading.Invalid(List<ResourceProblem> found) ->
                        found.forEach(problem -> problems.add(problem.render()));
                case ManifestReader.Reading.Read(List<Manifest> found) ->
                        found.forEach(manifest -> {
                            String address = manifest.resource().address();
                            String other = seen.putIfAbsent(address, file);
                            if (other != null) {
                                problems.add(
                                        "%s stands in %s and again in %s"
                                                .formatted(address, other, file));
                            }
                            manifests.add(manifest);
                        });
            }
        });
        return manifests;
    }

    private List<String> prune(List<Manifest> manifests, ApplyOptions options) {
        List<String> wanted =
                manifests.stream().map(manifest -> manifest.resource().address()).toList();
        List<String> problems = new ArrayList<>();
        resources.ofOrigin(options.origin()).stream()
                .map(StoredResource::resource)
                .filter(resource -> !wanted.contains(resource.address()))
                .filter(resource ->
                        !resource.name().equals(Resources.DEFAULT_NAMESPACE)
                                || !resource.namespace().isEmpty())
                // Namespaces last, when they are empty
                .sorted(Comparator.comparing(resource -> resource.namespace().isEmpty()))
                .forEach(resource -> delete(resource, options).ifPresent(problems::add));
        return problems;
    }

    private Optional<String> delete(Resource resource, ApplyOptions options) {
        DeleteResult result =
                resources.delete(resource.kind(), resource.namespace(), resource.name(), options);
        return result instanceof DeleteResult.Conflict(String reason)
                ? Optional.of(reason)
                : Optional.empty();
    }
}
