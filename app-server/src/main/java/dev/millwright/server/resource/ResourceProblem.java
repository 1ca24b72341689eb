package dev.millwright.server.resource;

import dev.millwright.engine.yaml.Mark;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One thing that is wrong with a resource.
///
/// @param pointer JSON pointer into the resource, such as `/spec/cron/0/schedule`
/// @param markOrNull the place in the file, when it came from one
public record ResourceProblem(String pointer, String message, @Nullable Mark markOrNull) {
    public static ResourceProblem at(String pointer, String message) {
        return new ResourceProblem(pointer, message, null);
    }

    public Optional<Mark> mark() {
        return Optional.ofNullable(markOrNull);
    }

    /// One line for people: `web.yaml:7:3: /spec/cron/0/schedule: ...`.
    public String render() {
        String where =
                markOrNull == null
                        ? ""
                        : "%s:%d:%d: "
                                .formatted(
                                        markOrNull.file(), markOrNull.line(), markOrNull.column());
        return where + (pointer.isEmpty() ? "" : pointer + ": ") + message;
    }
}
