package dev.millwright.server.resource;

import dev.millwright.engine.schema.Suggestions;
import dev.millwright.engine.yaml.YamlDocuments;
import dev.millwright.engine.yaml.YamlException;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.Parameters;
import dev.millwright.model.resource.Labels;
import dev.millwright.model.resource.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads resources from YAML or JSON with one or several documents.
///
/// Called from any thread.
public final class ManifestReader {
    private static final List<String> TOP = List.of("apiVersion", "kind", "metadata", "spec");
    private static final List<String> METADATA =
            List.of(
                    "name",
                    "namespace",
                    "labels",
                    "annotations",
                    "uuid",
                    "revision",
                    "apiVersion",
                    "kind",
                    "origin",
                    "createdAt",
                    "updatedAt");

    private ManifestReader() {}

    /// What was read: the manifests, or else all the problems.
    public sealed interface Reading {
        record Read(List<Manifest> manifests) implements Reading {}

        record Invalid(List<ResourceProblem> problems) implements Reading {}
    }

    /// `apiVersion` and `kind` may stand on top or inside `metadata`. What the server notes there
    /// (`revision`, `origin`, times) is passed over, so that what was shown can be applied again.
    ///
    /// @param file its name in messages
    /// @param namespace for namespaced resources that name none
    public static Reading read(String file, String text, String namespace) {
        List<ResourceProblem> problems = new ArrayList<>();
        List<Manifest> manifests = new ArrayList<>();
        try {
            for (YamlDocuments.Document document : YamlDocuments.read(file, text)) {
                List<ResourceProblem> found = new ArrayList<>();
                Manifest manifest = manifest(document, namespace, found);
                if (found.isEmpty()) {
                    manifests.add(manifest);
                }
                found.forEach(problem -> problems.add(placed(problem, document)));
            }
        } catch (YamlException wrong) {
            wrong.problems()
                    .forEach(problem ->
                            problems.add(
                                    new ResourceProblem("", problem.message(), problem.mark())));
        }
        if (manifests.isEmpty() && problems.isEmpty()) {
            problems.add(ResourceProblem.at("", "'%s' holds no resource".formatted(file)));
        }
        return problems.isEmpty() ? new Reading.Read(manifests) : new Reading.Invalid(problems);
    }

    static ResourceProblem placed(ResourceProblem problem, YamlDocuments.Document document) {
        return new ResourceProblem(
                problem.pointer(), problem.message(), document.markOf(problem.pointer()));
    }

    private static Manifest manifest(
            YamlDocuments.Document document, String namespace, List<ResourceProblem> problems) {
        SpecFields top = new SpecFields("", document.values().values(), problems);
        top.onlyKnown(TOP);
        SpecFields metadata =
                top.map("metadata").orElse(new SpecFields("/metadata", Map.of(), problems));
        metadata.onlyKnown(METADATA);
        String version =
                top.has("apiVersion") ? top.text("apiVersion") : metadata.text("apiVersion");
        if (!version.isEmpty() && !version.equals(Resource.API_VERSION)) {
            top.problem(
                    "apiVersion",
                    "version '%s' is unknown; this server knows %s"
                            .formatted(version, Resource.API_VERSION));
        }
        String kind = top.has("kind") ? top.text("kind") : metadata.text("kind");
        String name = metadata.text("name");
        String space = kind(top, kind, metadata, namespace);
        try {
            Labels.requireName("name", name);
        } catch (MillwrightException wrong) {
            metadata.problem("name", String.valueOf(wrong.getMessage()));
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        if (document.values().values().get("spec") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> spec.put(String.valueOf(key), value));
        }
        Resource resource =
                new Resource(
                        kind,
                        space,
                        name,
                        metadata.has("uuid") ? uuid(metadata) : null,
                        0,
                        metadata.values("labels"),
                        metadata.values("annotations"),
                        new Parameters(spec));
        return new Manifest(resource, document.marks());
    }

    private static @Nullable UUID uuid(SpecFields metadata) {
        try {
            return UUID.fromString(metadata.text("uuid"));
        } catch (IllegalArgumentException _) {
            metadata.problem("uuid", "the server sets 'uuid'; leave it out");
            return null;
        }
    }

    /// The namespace that follows from the kind.
    private static String kind(SpecFields top, String kind, SpecFields metadata, String namespace) {
        if (Kinds.named(kind).isEmpty()) {
            String hint = Suggestions.didYouMean(kind, Kinds.names());
            top.problem(
                    "kind",
                    kind.isEmpty()
                            ? "'kind' is missing; write one of " + String.join(", ", Kinds.names())
                            : "unknown kind '%s'%s"
                                    .formatted(kind, hint.isEmpty() ? "" : "; " + hint));
            return "";
        }
        if (!Kinds.named(kind).orElseThrow().namespaced()) {
            if (metadata.has("namespace")) {
                metadata.problem(
                        "namespace", "a %s lies in no namespace; leave it out".formatted(kind));
            }
            return "";
        }
        return metadata.has("namespace") ? metadata.text("namespace") : namespace;
    }
}
