package dev.millwright.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where configuration and data are looked for on this machine.
///
/// @param working directory that relative paths of flags and variables start from
/// @param system `/etc/millwright`
/// @param state `/var/lib/millwright`
/// @param environment of the process
record ConfigPlaces(Path working, Path system, Path state, Map<String, String> environment) {
    static ConfigPlaces of(Map<String, String> environment, Path working) {
        return new ConfigPlaces(
                working.toAbsolutePath(),
                Path.of("/etc/millwright"),
                Path.of("/var/lib/millwright"),
                environment);
    }

    /// The files that apply, later ones overriding earlier ones. A file that was asked for by name
    /// is given back even when it is not there.
    List<Path> files(Optional<String> asked) {
        Optional<String> named = asked.or(() -> variable("MILLWRIGHT_CONFIG"));
        if (named.isPresent()) {
            return List.of(working.resolve(named.get()));
        }
        Path own = working.resolve("millwright.yaml");
        if (Files.isRegularFile(own)) {
            return List.of(own);
        }
        Optional<Path> users =
                base("XDG_CONFIG_HOME", ".config")
                        .map(base -> base.resolve("millwright/server.yaml"))
                        .filter(Files::isRegularFile);
        return users.map(List::of).orElseGet(this::systemFiles);
    }

    private List<Path> systemFiles() {
        List<Path> files = new ArrayList<>();
        Path main = system.resolve("server.yaml");
        if (Files.isRegularFile(main)) {
            files.add(main);
        }
        Path parts = system.resolve("server.d");
        if (Files.isDirectory(parts)) {
            try (Stream<Path> entries = Files.list(parts)) {
                entries.filter(path -> path.toString().matches(".*\\.ya?ml"))
                        .sorted()
                        .forEach(files::add);
            } catch (java.io.IOException unreadable) {
                throw new ConfigException(
                        List.of(
                                "%s: cannot be read: %s"
                                        .formatted(parts, unreadable.getMessage())));
            }
        }
        return files;
    }

    /// A service (systemd, or a file in `/etc/millwright`) keeps its data under `/var/lib`, a user
    /// in `XDG_DATA_HOME`.
    Path defaultDataDirectory(List<Path> files) {
        Optional<String> service = variable("STATE_DIRECTORY");
        if (service.isPresent()) {
            return Path.of(service.get().split(":", 2)[0]);
        }
        boolean systemWide = files.stream().anyMatch(file -> file.startsWith(system));
        return systemWide
                ? state
                : base("XDG_DATA_HOME", ".local/share")
                        .map(base -> base.resolve("millwright"))
                        .orElse(state);
    }

    private Optional<Path> base(String variable, String below) {
        return variable(variable)
                .map(Path::of)
                .or(() -> variable("HOME").map(home -> Path.of(home).resolve(below)));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
