package dev.millwright.cli.local;

import dev.millwright.model.AttemptId;
import dev.millwright.model.plan.OutputSource;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Runner;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Carries steps out in the working directory of the user instead of the node's own workspace. The
/// node looks for declared outputs in its workspace, so their files are copied there. Any thread.
final class InPlaceRunner<C extends Record> implements Runner<C> {
    private record Place(String directory, List<OutputSource> outputs) {}

    private final Runner<C> inner;
    private final Path root;
    private final Map<AttemptId, Place> places = new ConcurrentHashMap<>();

    /// @param root the working directory
    InPlaceRunner(Runner<C> inner, Path root) {
        this.inner = inner;
        this.root = root;
    }

    /// Say where an attempt is going to run, before it is given to the node.
    void expect(AttemptId attempt, String directory, List<OutputSource> outputs) {
        places.put(attempt, new Place(directory, outputs));
    }

    @Override
    public String kind() {
        return inner.kind();
    }

    @Override
    public Class<C> configuration() {
        return inner.configuration();
    }

    @Override
    public Execution start(WorkOrder order, C step) throws InterruptedException {
        Place place = places.getOrDefault(order.attempt(), new Place("", List.of()));
        Path directory = directory(place.directory());
        Map<String, String> environment = new TreeMap<>(order.environment());
        String workspace = order.workspace().toString();
        environment.replaceAll((name, value) -> value.equals(workspace) ? root.toString() : value);
        Execution execution =
                inner.start(
                        new WorkOrder(
                                order.attempt(),
                                order.home(),
                                root,
                                directory,
                                environment,
                                order.parameters()),
                        step);
        return new Execution() {
            @Override
            public Result await() throws InterruptedException {
                Result result = execution.await();
                place.outputs().forEach(output -> copy(directory, output.file(), order));
                return result;
            }

            @Override
            public void stop(Duration grace) {
                execution.stop(grace);
            }
        };
    }

    @Override
    public boolean startsAtOnce() {
        return inner.startsAtOnce();
    }

    @Override
    public Optional<Execution> attach(WorkOrder order, C step) throws InterruptedException {
        return inner.attach(order, step);
    }

    private Path directory(String relative) {
        try {
            Path found = root.resolve(relative).toRealPath();
            if (!found.startsWith(root.toRealPath())) {
                throw new RunnerException(
                        "directory '%s' leads out of the workspace".formatted(relative));
            }
            return found;
        } catch (IOException missing) {
            throw new RunnerException("there is no directory '%s'".formatted(relative), missing);
        }
    }

    private void copy(Path directory, String file, WorkOrder order) {
        Path target = order.workspace().resolve(file).normalize();
        try {
            Path source = directory.resolve(file).toRealPath();
            if (source.startsWith(root.toRealPath())
                    && target.startsWith(order.workspace())
                    && Files.isRegularFile(source)) {
                Files.createDirectories(Optional.ofNullable(target.getParent()).orElse(target));
                Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException missing) {
            // The node says that the file is not there.
        }
    }
}
