package dev.millwright.server.resource;

import dev.millwright.model.resource.Resource;

/// What became of a deletion.
public sealed interface DeleteResult {
    record Deleted(Resource resource) implements DeleteResult {}

    record Missing() implements DeleteResult {}

    /// Another revision, a namespace that still holds something, or a source that owns it.
    record Conflict(String reason) implements DeleteResult {}
}
