package dev.millwright.server.resource;

import dev.millwright.model.Parameters;
import dev.millwright.model.resource.Resource;
import java.util.List;
import java.util.stream.Stream;

/// A kind of resource.
///
/// @param name as written in `kind`, such as `Pipeline`
/// @param plural as written in addresses, such as `pipelines`
/// @param namespaced whether its resources live in a namespace
public record Kind(String name, String plural, boolean namespaced, Validator validator) {
    /// Tells all that is wrong with a spec. Called from any thread.
    public interface Validator {
        /// Pointers of the problems are relative to the spec: `/repository/url`.
        List<ResourceProblem> problems(Resource resource, Parameters spec);

        /// What both find.
        default Validator and(Validator other) {
            return (resource, spec) ->
                    Stream.concat(
                                    problems(resource, spec).stream(),
                                    other.problems(resource, spec).stream())
                            .toList();
        }
    }
}
