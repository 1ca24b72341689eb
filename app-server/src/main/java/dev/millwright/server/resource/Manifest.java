package dev.millwright.server.resource;

import dev.millwright.engine.yaml.Mark;
import dev.millwright.model.resource.Resource;
import java.util.Map;

/// A resource as somebody wrote it.
///
/// @param marks places in the file by JSON pointer; empty when it came from no file
public record Manifest(Resource resource, Map<String, Mark> marks) {
    public Manifest {
        marks = Map.copyOf(marks);
    }

    public static Manifest of(Resource resource) {
        return new Manifest(resource, Map.of());
    }
}
