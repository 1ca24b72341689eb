package dev.millwright.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.Parameters;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Execution.Result;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ProcessRunnerTest {
    @TempDir Path folder;
    private final ProcessRunner runner = new ProcessRunner();
    private Orders orders;

    @BeforeEach
    void prepare() {
        orders = new Orders(folder);
    }

    private Result run(WorkOrder order) throws InterruptedException {
        return start(order).await();
    }

    private Execution start(WorkOrder order) {
        return runner.start(order, order.parameters());
    }

    @Test
    void aScriptThatNamesNoShellGetsTheOneOfTheNode() throws Exception {
        WorkOrder order = orders.script("false\necho \"went on in $0\"");
        Execution execution = new ProcessRunner(List.of("sh")).start(order, order.parameters());

        assertThat(execution.await()).isEqualTo(new Result.Exited(0));
        assertThat(Orders.out(order)).isEqualTo("went on in sh\n");
    }

    @Test
    void scriptRunsLineByLineAndStreamsStayApart() throws Exception {
        WorkOrder order = orders.script("echo one\necho two >&2\nprintf three");

        assertThat(run(order)).isEqualTo(new Result.Exited(0));
        assertThat(Orders.out(order)).isEqualTo("one\nthree");
        assertThat(Orders.err(order)).isEqualTo("two\n");
    }

    @Test
    void scriptStopsAtItsFirstFailingCommand() throws Exception {
        WorkOrder order = orders.script("echo one\n(exit 7)\necho two");

        assertThat(run(order)).isEqualTo(new Result.Exited(7));
        assertThat(Orders.out(order)).isEqualTo("one\n");
    }

    @Test
    void programGetsItsArgumentsUntouched() throws Exception {
        WorkOrder order = orders.argv("printf", "[%s]", "a b", "$HOME", "'", "*", "-n", "");

        assertThat(run(order)).isEqualTo(new Result.Exited(0));
        assertThat(Orders.out(order)).isEqualTo("[a b][$HOME]['][*][-n][]");
    }

    @Test
    void programNamedLikeAShellBuiltinIsNotTheBuiltin() {
        assertThatThrownBy(() -> start(orders.argv("exit", "3")))
                .isInstanceOf(RunnerException.class)
                .hasMessageStartingWith("program 'exit' is not on this node; looked in ");
    }

    @Test
    void namedShellIsUsed() throws Exception {
        WorkOrder order =
                orders.of(
                        new Parameters(
                                Map.of(
                                        "script",
                                        "a=(1 2 3); echo ${#a[@]}",
                                        "shell",
                                        List.of("bash", "-eu"))),
                        Map.of());

        assertThat(run(order)).isEqualTo(new Result.Exited(0));
        assertThat(Orders.out(order)).isEqualTo("3\n");
    }

    @Test
    void interpreterThatIsNoShellGetsTheScriptAsAFile() throws Exception {
        WorkOrder order =
                orders.of(
                        new Parameters(
                                Map.of("script", "{ print $1 }", "shell", List.of("cat", "-n"))),
                        Map.of());

        assertThat(run(order)).isEqualTo(new Result.Exited(0));
        assertThat(Orders.out(order)).isEqualTo("     1\t{ print $1 }\n");
    }

    @Test
    void shellThatEndsInDashCGetsTheScriptAsItsArgument() throws Exception {
        WorkOrder order =
                orders.of(
                        new Parameters(
                                Map.of("script", "echo $0 hi", "shell", List.of("bash", "-c"))),
                        Map.of());

        assertThat(run(order)).isEqualTo(new Result.Exited(0));
        assertThat(Orders.out(order)).endsWith("bash hi\n");
    }

    @Test
    void scriptOfAnyLengthRuns() throws Exception {
        WorkOrder order = orders.script("echo first\n" + "# filler\n".repeat(40_000) + "echo last");

        assertThat(run(order)).isEqualTo(new Result.Exited(0));
        assertThat(Orders.out(order)).isEqualTo("first\nlast\n");
    }

    @Test
    void missingShellAndMissingDirectoryAreNamed() throws Exception {
        var noShell =
                new Parameters(Map.of("script", "echo", "shell", List.of("no-such-shell", "-e")));
        assertThatThrownBy(() -> start(orders.of(noShell, Map.of())))
                .hasMessageStartingWith("shell 'no-such-shell' is not on this node");

        WorkOrder order = orders.script("true");
        Files.delete(order.directory());
        assertThatThrownBy(() -> runner.start(order, order.parameters()))
                .hasMessageContaining("does not exist");
    }

    @Test
    void commandNotFoundInsideAScriptEndsWith127() throws Exception {
        WorkOrder order = orders.script("no-such-program --flag");

        assertThat(run(order)).isEqualTo(new Result.Exited(127));
        assertThat(Orders.err(order)).contains("no-such-program");
    }

    @Test
    void nothingOfTheNodesEnvironmentLeaks() throws Exception {
        WorkOrder order =
                orders.of(new Parameters(Map.of("argv", List.of("env"))), Map.of("GREETING", "hi"));

        run(order);

        assertThat(Orders.out(order).lines().map(line -> line.replaceFirst("=.*", "")))
                .containsExactlyInAnyOrder(
                        "HOME",
                        "PATH",
                        "USER",
                        "LOGNAME",
                        "LANG",
                        "PWD",
                        "GREETING",
                        "MILLWRIGHT_ATTEMPT");
    }

    @Test
    void impossibleVariablesAreNamed() {
        var parameters = new Parameters(Map.of("script", "true"));
        assertThatThrownBy(() -> start(orders.of(parameters, Map.of("A=B", "x"))))
                .hasMessage("'A=B' cannot be the name of an environment variable");
        assertThatThrownBy(() -> start(orders.of(parameters, Map.of("A", "x\0y"))))
                .hasMessage("environment variable 'A' holds a NUL character");
        assertThatThrownBy(() -> start(orders.of(parameters, Map.of("A", "x".repeat(200_000)))))
                .hasMessageContaining("'A' has 200,000 characters; the limit is 128 KiB");
    }

    @Test
    void stepHasNoInputAndNoTerminal() throws Exception {
        WorkOrder order = orders.script("cat\nif (: </dev/tty) 2>/dev/null; then echo tty; fi");

        assertThat(run(order)).isEqualTo(new Result.Exited(0));
        assertThat(Orders.out(order)).isEmpty();
    }

    @Test
    void signalThatEndsTheStepShowsInTheExitCode() throws Exception {
        assertThat(run(orders.script("kill -KILL $$"))).isEqualTo(new Result.Exited(137));
        assertThat(run(orders.script("kill -TERM 0"))).isEqualTo(new Result.Exited(143));
    }

    @Test
    void stepThatKillsItsSupervisorIsBrokenAndLeavesNothing() throws Exception {
        WorkOrder order = orders.script("sleep 1000 &\nkill -KILL 0");

        assertThat(run(order)).isInstanceOf(Result.Broken.class);
        assertThat(new ProcessTree(order.attempt(), -1, null).members()).isEmpty();
    }

    @Test
    void stepEndsWhenItsProcessEndsAndNotWhenAStrayClosesThePipe() throws Exception {
        // Far longer than this test may take
        WorkOrder order = orders.script("sleep 1000 &\nsetsid sleep 1000 &\necho done");

        assertThat(run(order)).isEqualTo(new Result.Exited(0));

        assertThat(new ProcessTree(order.attempt(), -1, null).members()).isEmpty();
    }

    @Test
    void executionsRunSideBySide() throws Exception {
        WorkOrder first = orders.script("while [ ! -e go ]; do sleep 0.01; done; echo first");
        WorkOrder second = orders.script("touch go; echo second");

        Execution one = runner.start(first, first.parameters());
        Execution two = runner.start(second, second.parameters());

        assertThat(two.await()).isEqualTo(new Result.Exited(0));
        assertThat(one.await()).isEqualTo(new Result.Exited(0));
    }
}
