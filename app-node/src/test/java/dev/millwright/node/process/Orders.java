package dev.millwright.node.process;

import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// Work orders for tests, each with a home of its own.
record Orders(Path root) {
    WorkOrder script(String script) {
        return of(new Parameters(Map.of("script", script)), Map.of());
    }

    WorkOrder argv(String... argv) {
        return of(new Parameters(Map.of("argv", List.of(argv))), Map.of());
    }

    WorkOrder of(Parameters parameters, Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(NodeEnvironment.forSteps());
        all.putAll(environment);
        AttemptId attempt = new AttemptId(UUID.randomUUID());
        Path home = root.resolve("attempt-" + attempt);
        Path work = root.resolve("work");
        try {
            Files.createDirectories(home);
            Files.createDirectories(work);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        return new WorkOrder(attempt, home, work, work, all, parameters);
    }

    static String out(WorkOrder order) {
        return text(order.outFile());
    }

    static String err(WorkOrder order) {
        return text(order.errFile());
    }

    static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
