package dev.millwright.server.resource;

import dev.millwright.model.Globs;
import java.util.List;

/// Which runs something is told of.
///
/// @param pipelines patterns of names; empty for all
/// @param allNamespaces whether runs of other namespaces than its own are meant, too
/// @param suspend what happens while it is set is not told, then or later
public record RunFilter(List<String> pipelines, boolean allNamespaces, boolean suspend) {
    static final List<String> KEYS = List.of("pipelines", "all-namespaces", "suspend");

    public RunFilter {
        pipelines = List.copyOf(pipelines);
    }

    static RunFilter of(SpecFields fields) {
        return new RunFilter(
                fields.texts("pipelines"), fields.flag("all-namespaces"), fields.flag("suspend"));
    }

    /// Whether runs of that pipeline are told of.
    ///
    /// @param home the namespace that the resource stands in
    public boolean wants(String home, String namespace, String pipeline) {
        return !suspend
                && (allNamespaces || home.equals(namespace))
                && (pipelines.isEmpty() || Globs.matchesAny(pipelines, pipeline));
    }
}
