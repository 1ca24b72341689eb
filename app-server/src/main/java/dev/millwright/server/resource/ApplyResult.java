package dev.millwright.server.resource;

import dev.millwright.model.resource.Resource;
import java.util.List;

/// What became of one applied resource (or would have become of it, on a dry run).
public sealed interface ApplyResult {
    record Created(Resource resource) implements ApplyResult {}

    record Changed(Resource resource, Resource before) implements ApplyResult {}

    /// It already was as asked; its revision stays.
    record Unchanged(Resource resource) implements ApplyResult {}

    record Invalid(List<ResourceProblem> problems) implements ApplyResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /// Somebody else's change stands against it: another revision, or a configuration source that
    /// owns the resource.
    record Conflict(String reason) implements ApplyResult {}
}
