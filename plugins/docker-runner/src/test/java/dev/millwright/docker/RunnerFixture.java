package dev.millwright.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Execution.Result;
import dev.millwright.plugin.runner.Runner;
import dev.millwright.plugin.runner.WorkOrder;
import dev.millwright.testkit.BuiltPlugin;
import dev.millwright.testkit.PluginUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The built plugin with a real engine, and steps for it.
@Timeout(300)
abstract class RunnerFixture {
    @TempDir Path folder;

    private final List<PluginUnderTest> loaded = new ArrayList<>();
    private final List<WorkOrder> ordered = new ArrayList<>();

    ContainerEngine engine() {
        return ContainerEngine.shared();
    }

    /// The plugin with these further lines in its settings.
    PluginUnderTest plugin(String... settings) {
        String lines = String.join("\n", settings);
        PluginUnderTest plugin =
                PluginUnderTest.builder(BuiltPlugin.find())
                        .settings("docker-runner", "host: %s\n%s".formatted(engine().host(), lines))
                        .load();
        loaded.add(plugin);
        return plugin;
    }

    Runner<Parameters> runner(String... settings) {
        return plugin(settings).runner("container");
    }

    @AfterEach
    void nothingIsLeftAtTheEngine() {
        loaded.forEach(PluginUnderTest::close);
        for (WorkOrder order : ordered) {
            assertThat(left(order)).as("containers and networks of the test").isEmpty();
        }
    }

    List<String> left(WorkOrder order) {
        return engine().labelled("dev.millwright.attempt=" + order.attempt());
    }

    static Map<String, Object> commands(String script) {
        return step(Map.of("script", script));
    }

    static Map<String, Object> commands(String script, Map<String, Object> more) {
        Map<String, Object> step = new HashMap<>(commands(script));
        step.putAll(more);
        return step;
    }

    static Map<String, Object> step(Map<String, Object> parameters) {
        Map<String, Object> step = new HashMap<>(Map.of("image", ContainerEngine.IMAGE));
        step.putAll(parameters);
        return step;
    }

    WorkOrder order(Map<String, Object> step) {
        return order(step, Map.of());
    }

    WorkOrder order(Map<String, Object> step, Map<String, String> environment) {
        AttemptId attempt = new AttemptId(UUID.randomUUID());
        try {
            Path home = Files.createDirectories(folder.resolve("attempts/" + attempt + "/home"));
            Path workspace = Files.createDirectories(folder.resolve("runs/" + attempt));
            Map<String, String> all = new HashMap<>(environment);
            all.put("CI", "true");
            WorkOrder order =
                    new WorkOrder(attempt, home, workspace, workspace, all, new Parameters(step));
            ordered.add(order);
            return order;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static Result run(Runner<Parameters> runner, WorkOrder order) throws InterruptedException {
        return start(runner, order).await();
    }

    static Execution start(Runner<Parameters> runner, WorkOrder order) throws InterruptedException {
        return runner.start(order, order.parameters());
    }

    /// Standard output of a step that succeeds.
    String output(Runner<Parameters> runner, Map<String, Object> step) throws Exception {
        WorkOrder order = order(step);
        assertThat(run(runner, order)).as(() -> text(order)).isEqualTo(new Result.Exited(0));
        return Files.readString(order.outFile());
    }

    private static String text(WorkOrder order) {
        try {
            return Files.readString(order.outFile()) + Files.readString(order.errFile());
        } catch (IOException none) {
            return none.toString();
        }
    }
}
