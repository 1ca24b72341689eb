package dev.millwright.docker.settings;

import dev.millwright.plugin.runner.RunnerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What steps may ask for on this machine. It is asked before the engine is.
///
/// Immutable.
public record Policy(DockerSettings settings) {
    private static final Pattern DIGEST = Pattern.compile("[^@]+@sha256:[0-9a-f]{64}");

    /// Throws [RunnerException] with what is not allowed and which setting would allow it.
    public void check(ContainerStep step) {
        if (step.image().isEmpty() && !step.services().isEmpty()) {
            throw new RunnerException(
                    "services run beside a step that has an 'image', and not yet beside a group or a step of the machine; move 'services' to the step in a container that uses them");
        }
        image(step.image().orElse(""));
        step.services().forEach(service -> image(service.image()));
        if (step.privileged() && !settings.privileged()) {
            throw refused("'privileged'", "privileged: true");
        }
        if (step.user().isPresent() && !settings.otherUsers()) {
            throw refused("'user'", "otherUsers: true");
        }
        for (String capability : step.capabilities()) {
            if (settings.capabilities().stream().noneMatch(one -> same(one, capability))) {
                throw refused(
                        "capability '%s'".formatted(capability),
                        "capabilities: [%s]".formatted(capability));
            }
        }
        if (!List.of("default", "none").contains(step.network())
                && !settings.networks().contains(step.network())) {
            throw refused(
                    "network '%s'".formatted(step.network()),
                    "networks: [%s]".formatted(step.network()));
        }
        var _ = volumes(step);
        atMost(
                "memory",
                step.memory().map(text -> bytes(text)),
                settings.memory().map(Policy::bytes));
        atMost("cpus", step.cpus(), settings.cpus());
        atMost("pids", step.pids(), Optional.of(settings.pids()));
    }

    private void image(String image) {
        if (image.isBlank()) {
            throw new RunnerException("the step runs in a container and has no 'image'");
        }
        if (settings.pinned() && !DIGEST.matcher(image).matches()) {
            throw new RunnerException(
                    "image '%s' is not named by its digest (NAME@sha256:...), which 'pinned' in docker-runner.yaml asks for"
                            .formatted(image));
        }
    }

    /// The mounts that the step asks for, with no link in the path of a folder.
    public List<Volume> volumes(ContainerStep step) {
        return step.volumes().stream().map(Volume::parse).map(this::allowed).toList();
    }

    private Volume allowed(Volume volume) {
        if (!volume.isFolder()) {
            if (settings.volumes().contains(volume.source())) {
                return volume;
            }
            throw refused(
                    "volume '%s'".formatted(volume.source()),
                    "volumes: [%s]".formatted(volume.source()));
        }
        Path folder = real(volume.source());
        boolean allowed =
                settings.volumes().stream()
                        .filter(one -> one.startsWith("/"))
                        .anyMatch(one -> folder.startsWith(real(one)));
        if (!allowed) {
            throw refused(
                    "mounting '%s'".formatted(volume.source()), "volumes: [%s]".formatted(folder));
        }
        return new Volume(folder.toString(), volume.target(), volume.readOnly());
    }

    private static Path real(String folder) {
        try {
            return Path.of(folder).toRealPath();
        } catch (IOException missing) {
            throw new RunnerException("volume '%s' is not on this node".formatted(folder), missing);
        }
    }

    static boolean same(String one, String other) {
        return plain(one).equals(plain(other));
    }

    /// The engine takes both spellings, `CAP_CHOWN` and `chown`.
    public static String plain(String capability) {
        return capability.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
    }

    public static long bytes(String size) {
        return Sizes.parse("memory", size);
    }

    private static <N extends Number & Comparable<N>> void atMost(
            String key, Optional<N> wanted, Optional<N> most) {
        if (wanted.isPresent() && most.isPresent() && wanted.get().compareTo(most.get()) > 0) {
            throw new RunnerException(
                    "'%s' is %s and may be %s at most on this node ('%s' in docker-runner.yaml)"
                            .formatted(key, wanted.get(), most.get(), key));
        }
    }

    private static RunnerException refused(String what, String setting) {
        return new RunnerException(
                "%s is not allowed on this node; its administrator allows it with '%s' in docker-runner.yaml"
                        .formatted(what, setting));
    }
}
