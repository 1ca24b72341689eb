package dev.millwright.docker.engine;

import dev.millwright.plugin.PluginException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the engine listens: what the administrator says, else `DOCKER_HOST`, else the first of the
/// usual sockets that is there.
///
/// @param environment of the server
public record EngineAddress(Optional<String> configured, Map<String, String> environment) {
    private static final String SETTING = "'host' in docker-runner.yaml";

    /// Throws [EngineAwayException] when there is none.
    public URI find() {
        Optional<String> said =
                configured.or(() ->
                        Optional.ofNullable(environment.get("DOCKER_HOST"))
                                .filter(text -> !text.isBlank()));
        if (said.isPresent()) {
            return parsed(said.get());
        }
        List<Path> usual = usual();
        return usual.stream()
                .filter(Files::exists)
                .findFirst()
                .map(socket -> URI.create("unix://" + socket))
                .orElseThrow(() ->
                        new EngineAwayException(
                                "no container engine is on this node: none of %s exists; install and start Docker or Podman, or say where it listens with %s"
                                        .formatted(usual, SETTING)));
    }

    private List<Path> usual() {
        Stream<Path> users =
                Stream.ofNullable(environment.get("XDG_RUNTIME_DIR"))
                        .flatMap(folder ->
                                Stream.of(
                                        Path.of(folder, "docker.sock"),
                                        Path.of(folder, "podman/podman.sock")));
        return Stream.concat(
                        Stream.of(
                                Path.of("/var/run/docker.sock"),
                                Path.of("/run/podman/podman.sock")),
                        users)
                .toList();
    }

    /// Throws [PluginException] when nothing can listen there.
    public static URI parsed(String text) {
        try {
            URI address = URI.create(text.startsWith("/") ? "unix://" + text : text);
            String scheme = String.valueOf(address.getScheme());
            boolean socket = scheme.equals("unix") && !String.valueOf(address.getPath()).isEmpty();
            boolean tcp =
                    scheme.equals("tcp") && address.getHost() != null && address.getPort() > 0;
            if (socket || tcp) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below
        }
        throw new PluginException(
                "'%s' is no address of a container engine such as unix:///var/run/docker.sock or tcp://127.0.0.1:2375; it comes from %s or DOCKER_HOST"
                        .formatted(text, SETTING));
    }
}
