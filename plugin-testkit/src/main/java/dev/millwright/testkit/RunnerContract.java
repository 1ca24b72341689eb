package dev.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.host.use.Point;
import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Execution.Result;
import dev.millwright.plugin.runner.Runner;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What every [Runner] has to hold.
///
/// ```java
/// final class DockerContractIT extends RunnerContract {
///     @Override protected String kind() { return "container"; }
///     @Override protected Map<String, Object> exits(int code) { return step("exit " + code); }
///     @Override protected Map<String, Object> prints(String text) { return step("echo " + text); }
///     @Override protected Map<String, Object> lasts() { return step("sleep 1000"); }
/// }
/// ```
@Timeout(300)
public abstract class RunnerContract extends ExtensionContract<Runner<?>> {
    private static final Duration GRACE = Duration.ofSeconds(2);

    @TempDir protected Path folder;

    /// A step that ends with that code.
    protected abstract Map<String, Object> exits(int code);

    /// A step that prints the text and a newline to its standard output, and `err` and a newline to
    /// its standard error.
    protected abstract Map<String, Object> prints(String text);

    /// A step that would take very long.
    protected abstract Map<String, Object> lasts();

    /// A step that cannot be started.
    protected abstract Map<String, Object> impossible();

    /// Whether anything of the attempt is still there: processes, containers, networks.
    protected abstract boolean isAnythingLeft(AttemptId attempt) throws Exception;

    @Override
    protected final Point<Runner<?>> point() {
        return Point.RUNNER;
    }

    @Override
    protected Map<String, Object> configuration() {
        return exits(0);
    }

    protected final Runner<Parameters> runner() {
        return loaded().runner(kind());
    }

    /// A fresh order for that step.
    protected final WorkOrder order(Map<String, Object> step) {
        AttemptId attempt = new AttemptId(UUID.randomUUID());
        try {
            Path home = Files.createDirectories(folder.resolve("homes/" + attempt));
            Path workspace = Files.createDirectories(folder.resolve("workspaces/" + attempt));
            return new WorkOrder(
                    attempt,
                    home,
                    workspace,
                    workspace,
                    Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin")),
                    new Parameters(step));
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    private Execution start(WorkOrder order) throws InterruptedException {
        return runner().start(order, order.parameters());
    }

    @Test
    void theExitCodeIsTheResult() throws Exception {
        assertThat(start(order(exits(0))).await()).isEqualTo(new Result.Exited(0));
        assertThat(start(order(exits(7))).await()).isEqualTo(new Result.Exited(7));
    }

    @Test
    void nothingIsInTheWayWhereItsWorkSucceeds() throws Exception {
        assertThat(runner().obstacle()).isEmpty();
    }

    @Test
    void everyByteOfBothStreamsIsThereWhenTheWorkHasEnded() throws Exception {
        WorkOrder order = order(prints("hello"));
        assertThat(start(order).await()).isEqualTo(new Result.Exited(0));
        assertThat(order.outFile()).hasContent("hello\n");
        assertThat(order.errFile()).hasContent("err\n");
        assertThat(isAnythingLeft(order.attempt())).isFalse();
    }

    @Test
    void workThatIsStoppedEndsAndLeavesNothing() throws Exception {
        WorkOrder order = order(lasts());
        Execution execution = start(order);
        execution.stop(GRACE);
        execution.stop(GRACE);
        assertThat(execution.await()).isNotEqualTo(new Result.Exited(0));
        assertThat(isAnythingLeft(order.attempt())).isFalse();
    }

    @Test
    void workThatCannotBeStartedIsRefusedAndLeavesNothing() throws Exception {
        WorkOrder order = order(impossible());
        assertThatThrownBy(() -> start(order)).isInstanceOf(RunnerException.class);
        assertThat(isAnythingLeft(order.attempt())).isFalse();
    }

    @Test
    void anotherLifeOfTheNodeFindsTheWorkAgain() throws Exception {
        WorkOrder order = order(lasts());
        var _ = start(order);
        try (PluginUnderTest other = load()) {
            Execution found = other.runner(kind()).attach(order, order.parameters()).orElseThrow();
            found.stop(GRACE);
            assertThat(found.await()).isNotEqualTo(new Result.Exited(0));
        }
        assertThat(isAnythingLeft(order.attempt())).isFalse();
    }

    @Test
    void workThatNeverBeganIsNotFound() throws Exception {
        WorkOrder order = order(exits(0));
        assertThat(runner().attach(order, order.parameters())).isEmpty();
    }

    @Test
    void aSweepLeavesOnlyWhatIsStillWanted() throws Exception {
        WorkOrder wanted = order(lasts());
        Execution execution = start(wanted);
        runner().sweep(Set.of(wanted.attempt()));
        assertThat(isAnythingLeft(wanted.attempt())).isTrue();
        execution.stop(GRACE);
        var _ = execution.await();
        assertThat(isAnythingLeft(wanted.attempt())).isFalse();
    }
}
