package dev.millwright.server.config;

/// Where the value of a key came from.
public sealed interface ConfigOrigin {
    record Default() implements ConfigOrigin {}

    /// A line of a file.
    ///
    /// @param line from 1
    record File(String file, int line) implements ConfigOrigin {}

    record Environment(String variable) implements ConfigOrigin {}

    record Flag(String flag) implements ConfigOrigin {}

    /// For people: `default`, `millwright.yaml:3`, `MILLWRIGHT_PORT`, `--port`.
    default String render() {
        return switch (this) {
            case Default() -> "default";
            case File(String file, int line) -> file + ":" + line;
            case Environment(String variable) -> variable;
            case Flag(String flag) -> flag;
        };
    }
}
