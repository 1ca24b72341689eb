package dev.millwright.docker;

import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import dev.millwright.docker.settings.Volume;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a step's container sees of the machine: the workspace and a few files of the attempt, each
/// at the path that it has outside, and what the step asks for.
final class StepMounts {
    private final List<Mount> mounts = new ArrayList<>();

    private StepMounts() {}

    static List<Mount> of(WorkOrder order, StepProgram program, List<Volume> volumes) {
        StepMounts all = new StepMounts();
        all.same(order.workspace(), false);
        all.same(userHome(order), false);
        program.script().ifPresent(file -> all.same(file, true));
        attemptFile(order, "MILLWRIGHT_OUTPUT").ifPresent(file -> all.same(file, false));
        attemptFile(order, "CI_CHANGED_FILES_FILE").ifPresent(file -> all.same(file, true));
        GitObjects.of(order).forEach(folder -> all.same(folder, true));
        volumes.forEach(all::add);
        return List.copyOf(all.mounts);
    }

    /// A folder for whoever runs in the container: there, nobody may know that user.
    static Path userHome(WorkOrder order) {
        try {
            return Files.createDirectories(order.home().resolve("user"));
        } catch (IOException full) {
            throw new RunnerException("the attempt's folder cannot be used", full);
        }
    }

    /// A file that the node made for the step; nothing outside of the attempt's own folder.
    private static Optional<Path> attemptFile(WorkOrder order, String variable) {
        return Optional.ofNullable(order.environment().get(variable))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .filter(file ->
                        file.normalize().startsWith(order.home().resolveSibling("").normalize()));
    }

    private void same(Path path, boolean readOnly) {
        mounts.add(
                new Mount()
                        .withType(MountType.BIND)
                        .withSource(path.toAbsolutePath().toString())
                        .withTarget(path.toAbsolutePath().toString())
                        .withReadOnly(readOnly));
    }

    private void add(Volume volume) {
        mounts.add(
                new Mount()
                        .withType(volume.isFolder() ? MountType.BIND : MountType.VOLUME)
                        .withSource(volume.source())
                        .withTarget(volume.target())
                        .withReadOnly(volume.readOnly()));
    }
}
