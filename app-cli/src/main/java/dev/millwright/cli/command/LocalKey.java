package dev.millwright.cli.command;

import dev.millwright.model.Loopback;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds the administrator key of a server on this machine, where that server keeps it: `admin.key`
/// in its data directory.
final class LocalKey {
    private static final Pattern DATA_DIR =
            Pattern.compile("^data-dir:\\s*[\"']?([^\"'#]+?)[\"']?\\s*(#.*)?$", Pattern.MULTILINE);

    private LocalKey() {}

    /// The key, if the server is on this machine and we may read its file. It is never shown to a
    /// server on another machine.
    static Optional<String> find(URI server, Surroundings around) {
        return server.getHost() != null && Loopback.isWritten(server.getHost())
                ? places(around).stream().flatMap(place -> read(place).stream()).findFirst()
                : Optional.empty();
    }

    /// Where the file may lie, in the order in which a server decides on its data directory.
    static List<Path> places(Surroundings around) {
        List<Path> directories = new ArrayList<>();
        around.variable("MILLWRIGHT_DATA_DIR")
                .ifPresent(text -> directories.add(around.directory().resolve(text)));
        configFiles(around).forEach(file -> dataDirectory(file).ifPresent(directories::add));
        around.variable("XDG_DATA_HOME")
                .ifPresent(base -> directories.add(Path.of(base, "millwright")));
        around.variable("HOME")
                .ifPresent(home -> directories.add(Path.of(home, ".local/share/millwright")));
        directories.add(Path.of("/var/lib/millwright"));
        return directories.stream().map(directory -> directory.resolve("admin.key")).toList();
    }

    private static Stream<Path> configFiles(Surroundings around) {
        Stream<Path> named =
                around.variable("MILLWRIGHT_CONFIG").map(around.directory()::resolve).stream();
        Stream<Path> own = Stream.of(around.directory().resolve("millwright.yaml"));
        Stream<Path> users =
                around
                        .variable("XDG_CONFIG_HOME")
                        .map(Path::of)
                        .or(() -> around.variable("HOME").map(home -> Path.of(home, ".config")))
                        .map(base -> base.resolve("millwright/server.yaml"))
                        .stream();
        Stream<Path> system = Stream.of(Path.of("/etc/millwright/server.yaml"));
        return Stream.of(named, own, users, system).flatMap(files -> files);
    }

    private static Optional<Path> dataDirectory(Path file) {
        try {
            Matcher found = DATA_DIR.matcher(Files.readString(file));
            Path base = file.toAbsolutePath().getParent();
            return found.find() && base != null
                    ? Optional.of(base.resolve(found.group(1)))
                    : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    private static Optional<String> read(Path file) {
        try {
            String key = Files.readString(file, StandardCharsets.UTF_8).strip();
            return key.isEmpty() ? Optional.empty() : Optional.of(key);
        } catch (IOException missing) {
            return Optional.empty();
        }
    }
}
