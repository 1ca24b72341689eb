package dev.millwright.docker.settings;

import dev.millwright.plugin.Default;
import dev.millwright.plugin.Describe;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What users write for one step in a container. Immutable.
///
/// `image`, `services`, `script` and `shell` (from `commands`) and `argv` (from `exec`) are keys of
/// the step itself; all others stand below `with`:
///
/// ```yaml
/// image: eclipse-temurin:25
/// commands: [./mvnw -B verify]
/// with: {memory: 2g, cpus: 2, volumes: ["maven:/cache"]}
/// ```
@Describe("A step in a container.")
public record ContainerStep(
        @Describe("The image, such as eclipse-temurin:25.") Optional<String> image,
        @Describe("What `commands` say.") Optional<String> script,
        @Describe("What reads the script; `sh -e` when nothing is said.") List<String> shell,
        @Describe("What `exec` says: a program of the image and its arguments.") List<String> argv,
        @Describe("Containers beside the step.") List<ServiceSettings> services,
        @Describe("In place of the image's entrypoint; `exec` are its arguments then.")
                List<String> entrypoint,
        @Describe("When the image is fetched.") Optional<Pull> pull,
        @Describe("Who fetches images for this step, with secrets of a store as passwords.")
                List<DockerSettings.Registry> registries,
        @Describe("Who runs in it; by default whoever owns the workspace. Needs permission.")
                Optional<String> user,
        @Describe("The most memory, such as 512m or 2g.") Optional<String> memory,
        @Describe("The most processors, such as 1.5.") Optional<Double> cpus,
        @Describe("The most processes and threads.") Optional<Integer> pids,
        @Describe(
                        "SOURCE:PATH or SOURCE:PATH:ro, each with a folder of the node or a volume's"
                                + " name. Needs permission.")
                List<String> volumes,
        @Describe("Folders in memory, such as /tmp.") List<String> tmpfs,
        @Describe("Whether all but the workspace, volumes and tmpfs is read-only.")
                @Default("false")
                boolean readOnly,
        @Describe(
                        "Whether the engine's init is the first process, for a program that leaves"
                                + " children or ignores TERM there.")
                @Default("false")
                boolean init,
        @Describe("`default`, `none`, or a network of the engine. Needs permission.")
                @Default("default")
                String network,
        @Describe("Linux capabilities that it keeps; by default none. Needs permission.")
                List<String> capabilities,
        @Describe("Whether it may do all that the node's administrator may. Needs permission.")
                @Default("false")
                boolean privileged) {
    public ContainerStep {
        shell = List.copyOf(shell);
        argv = List.copyOf(argv);
        services = List.copyOf(services);
        entrypoint = List.copyOf(entrypoint);
        registries = List.copyOf(registries);
        volumes = List.copyOf(volumes);
        tmpfs = List.copyOf(tmpfs);
        capabilities = List.copyOf(capabilities);
        if (script.isPresent() && !entrypoint.isEmpty()) {
            throw new IllegalArgumentException(
                    "'entrypoint' does not go with 'commands', which a shell reads; name it as 'shell'");
        }
        Set<String> names = new HashSet<>();
        for (ServiceSettings service : services) {
            if (!names.add(service.name())) {
                throw new IllegalArgumentException(
                        "two services are called '%s'".formatted(service.name()));
            }
        }
        memory.ifPresent(text -> {
            var _ = Sizes.parse("memory", text);
        });
        positive("cpus", cpus.map(Double::doubleValue).orElse(1.0));
        positive("pids", pids.map(Integer::doubleValue).orElse(1.0));
    }

    private static void positive(String key, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("'%s' is more than 0".formatted(key));
        }
    }
}
