package dev.millwright.host;

import java.nio.file.Path;
import java.util.List;

/// A plugin in use that has runners, as other machines can use it, too.
///
/// @param requires range of versions of the plugin API
/// @param sha256 of its file, in lower-case hexadecimal digits
/// @param form `jar` or `zip`
/// @param size of its file, in bytes
/// @param signature what stands in the file `.sig` beside it; empty when there is none
/// @param runners kinds of its runners
/// @param file a copy that is there as long as the plugin is in use
public record PortablePlugin(
        String id,
        String version,
        String requires,
        String sha256,
        String form,
        long size,
        String signature,
        List<String> runners,
        Path file) {
    public PortablePlugin {
        runners = List.copyOf(runners);
    }
}
