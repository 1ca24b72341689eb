package dev.millwright.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One entry of the file `contexts.yaml`, which names servers that one works with often.
///
/// ```yaml
/// current: work
/// contexts:
///   work: {server: "https://ci.example.org", key: "...", namespace: web}
/// ```
///
/// @param server empty for the default; the same holds for the others
record Context(String server, String key, String namespace) {
    private static final Context NONE = new Context("", "", "");

    /// The named one, else the current one; nothing at all when there is no file.
    static Context load(@Nullable String name, Surroundings around) {
        Optional<Path> file =
                around.variable("XDG_CONFIG_HOME")
                        .map(Path::of)
                        .or(() -> around.variable("HOME").map(home -> Path.of(home, ".config")))
                        .map(base -> base.resolve("millwright/contexts.yaml"))
                        .filter(Files::isRegularFile);
        if (file.isPresent()) {
            return read(file.get(), name);
        }
        if (name != null) {
            throw CliException.notFound(
                    "context '%s' is not known: there is no contexts.yaml".formatted(name));
        }
        return NONE;
    }

    private static Context read(Path file, @Nullable String name) {
        Map<String, Object> values = ContextsFile.values(file);
        String wanted = name == null ? text(values, "current") : name;
        if (wanted.isEmpty()) {
            return NONE;
        }
        if (values.get("contexts") instanceof Map<?, ?> contexts
                && contexts.get(wanted) instanceof Map<?, ?> context) {
            return new Context(
                    text(context, "server"), text(context, "key"), text(context, "namespace"));
        }
        throw CliException.notFound("%s has no context '%s'".formatted(file, wanted));
    }

    private static String text(Map<?, ?> values, String key) {
        Object value = values.get(key);
        return value == null ? "" : value.toString();
    }
}
