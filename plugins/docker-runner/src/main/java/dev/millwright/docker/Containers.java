package dev.millwright.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import dev.millwright.docker.engine.Engine;
import dev.millwright.docker.engine.Labels;
import dev.millwright.docker.settings.ContainerStep;
import dev.millwright.docker.settings.DockerSettings;
import dev.millwright.docker.settings.Policy;
import dev.millwright.docker.settings.ServiceSettings;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Says to the engine what a container is to be. As little is allowed in it as the step can do
/// with: no capabilities, no new privileges, limits. Usable from any thread.
///
/// @param flavour of the engine
record Containers(DockerSettings settings, Labels labels, Engine.Flavour flavour) {
    private static final String NONE = "none";

    /// What programs need that begin as root and go on as somebody else, as most servers do.
    private static final Capability[] USUAL = {
        Capability.CHOWN,
        Capability.DAC_OVERRIDE,
        Capability.FOWNER,
        Capability.SETGID,
        Capability.SETUID,
        Capability.NET_BIND_SERVICE
    };

    /// The container of the step itself.
    CreateContainerCmd step(DockerClient client, WorkOrder order, ContainerStep step) {
        StepProgram program = StepProgram.of(order, step);
        HostConfig host =
                limits(step.privileged() ? plain() : hardened(), step)
                        .withMounts(
                                StepMounts.of(order, program, new Policy(settings).volumes(step)))
                        .withTmpFs(tmpfs(step))
                        .withReadonlyRootfs(step.readOnly())
                        .withInit(step.init())
                        .withPrivileged(step.privileged())
                        .withCapAdd(capabilities(step))
                        .withNetworkMode(network(order, step));
        CreateContainerCmd command =
                client.createContainerCmd(step.image().orElseThrow())
                        .withName(Labels.name(order.attempt()))
                        .withLabels(labels.of(order.attempt(), "step"))
                        .withEnv(StepEnvironment.of(order, System.getenv()))
                        .withUser(step.user().orElse(user(order.workspace()).toString()))
                        .withWorkingDir(order.directory().toAbsolutePath().toString())
                        .withHostConfig(host);
        if (!program.entrypoint().isEmpty()) {
            command = command.withEntrypoint(program.entrypoint());
        }
        return program.command().isEmpty() ? command : command.withCmd(program.command());
    }

    /// Whoever owns the workspace outside.
    private ContainerUser user(Path workspace) {
        return flavour.rootless() ? ContainerUser.ROOT : ContainerUser.ownerOf(workspace);
    }

    CreateContainerCmd service(DockerClient client, WorkOrder order, ServiceSettings service) {
        CreateContainerCmd command =
                client.createContainerCmd(service.image())
                        .withName(Labels.name(order.attempt()) + "-" + service.name())
                        .withHostName(service.name())
                        .withAliases(service.name())
                        .withLabels(labels.of(order.attempt(), "service " + service.name()))
                        .withEnv(StepEnvironment.lines(service.environment()))
                        .withHostConfig(
                                limits(
                                                hardened(),
                                                Optional.empty(),
                                                Optional.empty(),
                                                settings.pids())
                                        .withCapAdd(USUAL)
                                        .withNetworkMode(Labels.name(order.attempt())));
        if (!service.entrypoint().isEmpty()) {
            command = command.withEntrypoint(service.entrypoint());
        }
        if (!service.command().isEmpty()) {
            command = command.withCmd(service.command());
        }
        return service.health().isEmpty()
                ? command
                : command.withHealthcheck(health(service.health().get(), service.patience()));
    }

    /// It is for the runner to lose patience, not for the engine.
    private static HealthCheck health(String shell, Duration patience) {
        return new HealthCheck()
                .withTest(List.of("CMD-SHELL", shell))
                .withInterval(Duration.ofSeconds(1).toNanos())
                .withTimeout(Duration.ofSeconds(10).toNanos())
                .withRetries((int) Math.min(patience.toSeconds() + 1, 1_000_000));
    }

    /// A container that gives what lies in those folders to that user.
    CreateContainerCmd giveBack(
            DockerClient client,
            WorkOrder order,
            String image,
            List<Path> folders,
            ContainerUser to) {
        List<Mount> mounts =
                folders.stream()
                        .map(folder ->
                                new Mount()
                                        .withType(MountType.BIND)
                                        .withSource(folder.toAbsolutePath().toString())
                                        .withTarget(folder.toAbsolutePath().toString()))
                        .toList();
        List<String> paths =
                folders.stream().map(folder -> folder.toAbsolutePath().toString()).toList();
        return client.createContainerCmd(image)
                .withLabels(labels.of(order.attempt(), "give back"))
                .withUser(ContainerUser.ROOT.toString())
                .withEntrypoint(
                        Stream.concat(Stream.of("chown", "-Rh", to.toString()), paths.stream())
                                .toList())
                .withCmd(List.of())
                .withHostConfig(
                        hardened()
                                .withMounts(mounts)
                                .withCapAdd(Capability.CHOWN, Capability.DAC_OVERRIDE)
                                .withNetworkMode(NONE));
    }

    private HostConfig hardened() {
        return plain().withCapDrop(Capability.ALL).withSecurityOpts(List.of("no-new-privileges"));
    }

    private HostConfig plain() {
        return HostConfig.newHostConfig().withLogConfig(log());
    }

    /// All output is kept as it is until the container is removed: none of it may be rotated away,
    /// nor made into text. What a step may write is limited by the node.
    private LogConfig log() {
        return flavour.podman()
                ? new LogConfig(LogConfig.LoggingType.JSON_FILE, Map.of())
                : new LogConfig(
                        LogConfig.LoggingType.LOCAL,
                        Map.of("max-size", "1000g", "max-file", "1", "compress", "false"));
    }

    private HostConfig limits(HostConfig host, ContainerStep step) {
        return limits(host, step.memory(), step.cpus(), step.pids().orElse(settings.pids()));
    }

    private HostConfig limits(
            HostConfig host, Optional<String> memory, Optional<Double> cpus, int pids) {
        memory.or(settings::memory)
                .map(Policy::bytes)
                .ifPresent(bytes -> {
                    // As much of both together: no swap
                    var _ = host.withMemory(bytes).withMemorySwap(bytes);
                });
        cpus.or(settings::cpus)
                .ifPresent(most -> {
                    var _ = host.withNanoCPUs(Math.round(most * 1e9));
                });
        return host.withPidsLimit((long) pids);
    }

    private static Map<String, String> tmpfs(ContainerStep step) {
        Map<String, String> folders = new HashMap<>();
        step.tmpfs().forEach(folder -> folders.put(folder, ""));
        if (step.readOnly()) {
            folders.putIfAbsent("/tmp", "");
        }
        return folders;
    }

    /// Somebody else than the owner of the workspace is to be as able as users know it.
    private static Capability[] capabilities(ContainerStep step) {
        Stream<Capability> usual = step.user().isPresent() ? Stream.of(USUAL) : Stream.of();
        return Stream.concat(usual, step.capabilities().stream().map(Containers::capability))
                .distinct()
                .toArray(Capability[]::new);
    }

    private static Capability capability(String name) {
        try {
            return Capability.valueOf(Policy.plain(name));
        } catch (IllegalArgumentException unknown) {
            throw new RunnerException("there is no capability '%s'".formatted(name), unknown);
        }
    }

    private static String network(WorkOrder order, ContainerStep step) {
        return step.services().isEmpty() ? step.network() : Labels.name(order.attempt());
    }
}
