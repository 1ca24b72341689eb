package dev.millwright.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Execution.Result;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An engine that goes away, and comes back.
final class EngineAwayIT extends RunnerFixture {
    @RegisterExtension static final OwnEngine OWN = new OwnEngine(EngineKind.DOCKER);

    @Override
    ContainerEngine engine() {
        return OWN.engine();
    }

    @Test
    @Tag("R48")
    void anEngineThatIsNotThereIsToldAndNeededAgainOnceItIs() throws Exception {
        var runner = runner("patience: 1s");
        WorkOrder order = order(commands("true"));
        assertThat(runner.obstacle()).isEmpty();
        engine().stop();
        assertThat(runner.obstacle().orElseThrow())
                .contains("no container engine answers at " + engine().host());
        assertThatThrownBy(() -> start(runner, order))
                .isInstanceOf(RunnerException.class)
                .hasMessageContaining("no container engine answers at " + engine().host())
                .hasMessageContaining("start it, or say where it listens with 'host'");
        assertThat(runner.attach(order, order.parameters())).isEmpty();
        assertThatThrownBy(() -> runner.sweep(Set.of())).isInstanceOf(RuntimeException.class);
        engine().start();
        assertThat(runner.obstacle()).isEmpty();
        assertThat(run(runner, order)).isEqualTo(new Result.Exited(0));
    }

    @Test
    @Tag("R48")
    void aStepWhoseEngineIsRestartedEndsWithAReasonAndLeavesNothing() throws Exception {
        WorkOrder order = order(commands("echo ready; sleep 1000"));
        Execution execution = start(runner("patience: 60s"), order);
        CompletableFuture<Result> end = new CompletableFuture<>();
        var _ =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                var _ = end.complete(execution.await());
                            } catch (InterruptedException | RuntimeException failed) {
                                var _ = end.completeExceptionally(failed);
                            }
                        });
        engine().stop();
        engine().start();
        assertThat(end.get(2, TimeUnit.MINUTES)).isNotEqualTo(new Result.Exited(0));
        assertThat(left(order)).isEmpty();
    }
}
