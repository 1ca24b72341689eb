package dev.millwright.docker.settings;

import dev.millwright.plugin.runner.RunnerException;

/// A mount that a step asks for: `SOURCE:TARGET` or `SOURCE:TARGET:ro`.
///
/// @param source a folder of the machine, or the name of one of the engine's volumes
public record Volume(String source, String target, boolean readOnly) {
    public static Volume parse(String text) {
        String[] parts = text.split(":", -1);
        boolean mode = parts.length == 3 && (parts[2].equals("ro") || parts[2].equals("rw"));
        if ((parts.length != 2 && !mode) || parts[0].isEmpty() || !parts[1].startsWith("/")) {
            throw new RunnerException(
                    "volume '%s' is not SOURCE:PATH or SOURCE:PATH:ro with a full path"
                            .formatted(text));
        }
        return new Volume(parts[0], parts[1], mode && parts[2].equals("ro"));
    }

    public boolean isFolder() {
        return source.contains("/") || source.startsWith(".");
    }
}
