package dev.millwright.cli.tree;

import dev.millwright.api.run.Status;
import dev.millwright.api.run.StepView;
import dev.millwright.model.plan.Role;
import dev.millwright.model.plan.StepPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Builds lists of steps as servers send them.
final class Steps {
    private final List<StepView> steps = new ArrayList<>();
    private int nextResults;

    static Steps of(Status root) {
        return new Steps().add("0", "web", "sequence", root, 0);
    }

    /// How many results there are inside the step that is added next.
    Steps results(int count) {
        nextResults = count;
        return this;
    }

    Steps add(String path, String name, String kind, Status status, long millis) {
        return add(path, name, kind, status, millis, Role.BODY, "", "", null);
    }

    Steps leaf(String path, String name, Status status, long millis) {
        return add(path, name, "run", status, millis);
    }

    Steps failed(String path, String name, long millis, int code) {
        return add(path, name, "run", Status.FAILURE, millis, Role.BODY, "exit", "", code);
    }

    Steps warned(String path, String name, long millis, int code) {
        return add(path, name, "run", Status.WARNING, millis, Role.BODY, "exit", "", code);
    }

    /// What comes at the end whatever happens.
    Steps teardown(String path, String name, Status status) {
        return add(path, name, "run", status, 0, Role.TEARDOWN, "", "", null);
    }

    /// A leaf that has no node yet, and why.
    Steps waiting(String path, String name, String cause, String message) {
        return add(path, name, "run", Status.QUEUED, 0, Role.BODY, cause, message, null);
    }

    private Steps add(
            String path,
            String name,
            String kind,
            Status status,
            long millis,
            Role role,
            String cause,
            String message,
            @Nullable Integer exitCode) {
        StepPath at = StepPath.parse(path);
        boolean began = status != Status.PENDING && status != Status.SKIPPED;
        steps.add(
                new StepView(
                        at,
                        name,
                        kind,
                        "process",
                        role,
                        at.depth(),
                        status,
                        null,
                        cause,
                        message,
                        began ? 1 : 0,
                        null,
                        null,
                        null,
                        began ? millis : null,
                        exitCode,
                        Map.of(),
                        status == Status.WARNING,
                        false,
                        0,
                        nextResults));
        nextResults = 0;
        return this;
    }

    List<StepView> list() {
        return List.copyOf(steps);
    }

    Snapshot snapshot() {
        // Taken in the future, so that clocks do not go on while a test looks.
        return snapshot(Duration.ofHours(-1));
    }

    /// What was seen some time ago.
    Snapshot snapshot(Duration age) {
        Status status = steps.getFirst().status();
        return new Snapshot(
                "web#12",
                "push main 3f2a9c1",
                "",
                status,
                steps,
                Duration.ofMillis(4200),
                System.nanoTime() - age.toNanos());
    }
}
