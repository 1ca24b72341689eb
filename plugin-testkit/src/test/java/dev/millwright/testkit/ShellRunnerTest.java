package dev.millwright.testkit;

import dev.millwright.host.PluginBuilder;
import dev.millwright.host.use.Point;
import dev.millwright.model.AttemptId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The contract of runners, with a small one that runs a script and finds it again by its number.
final class ShellRunnerTest extends RunnerContract {
    private static final String RUNNER =
            """
            package sample;
            import dev.millwright.plugin.runner.*;
            import java.io.IOException;
            import java.nio.file.*;
            import java.time.Duration;
            import java.util.*;
            public final class ShellRunner implements Runner<ShellRunner.Step> {
                public record Step(String script) {}
                public String kind() { return "shell"; }
                public Class<Step> configuration() { return Step.class; }
                public Execution start(WorkOrder order, Step step) {
                    if (step.script().isEmpty()) { throw new RunnerException("the script is empty"); }
                    try {
                        Process process = new ProcessBuilder("sh", "-c", "(" + step.script() + "\\n); echo $? > " + order.home() + "/code")
                                .directory(order.directory().toFile())
                                .redirectOutput(ProcessBuilder.Redirect.appendTo(order.outFile().toFile()))
                                .redirectError(ProcessBuilder.Redirect.appendTo(order.errFile().toFile()))
                                .start();
                        Files.writeString(order.home().resolve("pid"), "" + process.pid());
                        return new Work(order.home(), process.toHandle());
                    } catch (IOException refused) {
                        throw new RunnerException("refused: " + refused, refused);
                    }
                }
                public Optional<Execution> attach(WorkOrder order, Step step) {
                    try {
                        long pid = Long.parseLong(Files.readString(order.home().resolve("pid")));
                        return ProcessHandle.of(pid).map(found -> new Work(order.home(), found));
                    } catch (IOException never) {
                        return Optional.empty();
                    }
                }
                record Work(Path home, ProcessHandle process) implements Execution {
                    public Result await() throws InterruptedException {
                        process.onExit().join();
                        try {
                            return new Result.Exited(Integer.parseInt(Files.readString(home.resolve("code")).strip()));
                        } catch (IOException killed) {
                            return new Result.Exited(143);
                        }
                    }
                    public void stop(Duration grace) {
                        process.descendants().forEach(ProcessHandle::destroyForcibly);
                        process.destroyForcibly();
                    }
                }
            }
            """;

    @TempDir static Path built;
    private static Path plugin;

    @BeforeAll
    static void build() {
        plugin =
                PluginBuilder.of(built, "shell-runner", "1.0.0")
                        .extension(Point.RUNNER, RUNNER)
                        .jar(built.resolve("target/shell.jar"));
    }

    @Override
    protected Path plugin() {
        return plugin;
    }

    @Override
    protected String kind() {
        return "shell";
    }

    private static Map<String, Object> script(String text) {
        return Map.of("script", text);
    }

    @Override
    protected Map<String, Object> exits(int code) {
        return script("exit " + code);
    }

    @Override
    protected Map<String, Object> prints(String text) {
        return script("echo %s; echo err >&2".formatted(text));
    }

    @Override
    protected Map<String, Object> lasts() {
        return script("sleep 1000");
    }

    @Override
    protected Map<String, Object> impossible() {
        return script("");
    }

    @Override
    protected boolean isAnythingLeft(AttemptId attempt) throws IOException {
        Path pid = folder.resolve("homes/%s/pid".formatted(attempt));
        return Files.exists(pid)
                && ProcessHandle.of(Long.parseLong(Files.readString(pid)))
                        .filter(ProcessHandle::isAlive)
                        .isPresent();
    }
}
