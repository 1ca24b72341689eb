package dev.millwright.docker.settings;

import dev.millwright.plugin.Default;
import dev.millwright.plugin.Describe;
import dev.millwright.plugin.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the administrator of a machine says in `docker-runner.yaml` beside the plugin: where the
/// engine is, and what steps may ask of it. Immutable. Without the file nothing but plain
/// containers is allowed.
///
/// ```yaml
/// host: unix:///run/podman/podman.sock
/// memory: 4g
/// volumes: [maven, /srv/cache]
/// ```
@Describe("The container engine of this machine, and what steps may ask of it.")
public record DockerSettings(
        @Describe(
                        "The engine's address, such as unix:///var/run/docker.sock; by default"
                                + " DOCKER_HOST or the usual sockets of Docker and Podman.")
                Optional<String> host,
        @Describe(
                        "A folder with ca.pem, cert.pem and key.pem, for an engine at tcp:// that"
                                + " listens with TLS; by default DOCKER_CERT_PATH where"
                                + " DOCKER_TLS_VERIFY is set.")
                Optional<String> tls,
        @Describe("How long an engine may be away before its steps are lost.") @Default("2m")
                Duration patience,
        @Describe("When images are fetched, unless the step says it.") @Default("missing")
                Pull pull,
        @Describe("Whether images have to be named by their digest: NAME@sha256:...")
                @Default("false")
                boolean pinned,
        @Describe("What a step gets, and the most that it may ask for.") Optional<String> memory,
        @Describe("What a step gets, and the most that it may ask for.") Optional<Double> cpus,
        @Describe("What a step gets, and the most that it may ask for.") @Default("4096") int pids,
        @Describe(
                        "What steps may mount: folders of this machine with all that is below, and"
                                + " names of volumes.")
                List<String> volumes,
        @Describe("Networks of the engine that steps may join; `host` is one.")
                List<String> networks,
        @Describe("Linux capabilities that steps may keep.") List<String> capabilities,
        @Describe("Whether steps may say who runs in the container, root too.") @Default("false")
                boolean otherUsers,
        @Describe("Whether steps may ask for privileged containers.") @Default("false")
                boolean privileged,
        @Describe("Who fetches images, for each registry.") List<Registry> registries) {

    /// Who fetches images from one registry.
    public record Registry(
            @Describe("Its address, such as registry.example.org:5000.") String address,
            @Describe("A user of it.") String username,
            @Describe("The user's password or token.") Secret password) {}

    public DockerSettings {
        volumes = List.copyOf(volumes);
        networks = List.copyOf(networks);
        capabilities = List.copyOf(capabilities);
        registries = List.copyOf(registries);
        memory.ifPresent(text -> {
            var _ = Sizes.parse("memory", text);
        });
        if (pids <= 0 || cpus.filter(most -> !(most > 0)).isPresent()) {
            throw new IllegalArgumentException("'cpus' and 'pids' are more than 0");
        }
    }
}
