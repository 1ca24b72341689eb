package dev.millwright.host.format;

import dev.millwright.host.use.Use;
import dev.millwright.plugin.format.PipelineFormat;

/// A pipeline file of another system, and the format that reads it.
///
/// @param path from the repository's root
public record ForeignFile(String path, Use<PipelineFormat<?>> format) {
    /// For messages, such as `the format 'narwhal' (pipeline-formats 1.0.0)`.
    String reader() {
        return "the format '%s' (%s)".formatted(format.kind(), format.origin());
    }
}
