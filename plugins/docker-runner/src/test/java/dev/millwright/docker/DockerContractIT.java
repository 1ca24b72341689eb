package dev.millwright.docker;

import dev.millwright.model.AttemptId;
import dev.millwright.testkit.PluginUnderTest;
import dev.millwright.testkit.RunnerContract;
import java.util.List;
import java.util.Map;

/// The built plugin holds, with a real engine, what every runner has to hold.
final class DockerContractIT extends RunnerContract {
    private final ContainerEngine engine = ContainerEngine.shared();

    @Override
    protected PluginUnderTest load() {
        return PluginUnderTest.builder(plugin())
                .settings("docker-runner", "host: " + engine.host())
                .load();
    }

    @Override
    protected String kind() {
        return "container";
    }

    private static Map<String, Object> step(String script) {
        return Map.of("image", ContainerEngine.IMAGE, "script", script, "pull", "never");
    }

    @Override
    protected Map<String, Object> exits(int code) {
        return step("exit " + code);
    }

    @Override
    protected Map<String, Object> prints(String text) {
        return step("echo %s; echo err >&2".formatted(text));
    }

    @Override
    protected Map<String, Object> lasts() {
        return step("sleep 1000");
    }

    @Override
    protected Map<String, Object> impossible() {
        return Map.of("image", ContainerEngine.IMAGE, "argv", List.of("no-such-program"));
    }

    @Override
    protected void use(PluginUnderTest plugin) {
        try {
            var order = order(prints("used"));
            var _ = plugin.runner(kind()).start(order, order.parameters()).await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected boolean isAnythingLeft(AttemptId attempt) {
        return !engine.labelled("dev.millwright.attempt=" + attempt).isEmpty();
    }
}
