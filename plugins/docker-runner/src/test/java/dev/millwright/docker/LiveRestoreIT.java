package dev.millwright.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Execution.Result;
import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An engine that lets containers run on while it is updated or dies: `live-restore` of Docker.
final class LiveRestoreIT extends RunnerFixture {
    @RegisterExtension static final OwnEngine OWN = new OwnEngine(EngineKind.LIVE_DOCKER);

    @Override
    ContainerEngine engine() {
        return OWN.engine();
    }

    /// The step is silent when the engine ends: of what Docker has read then and not yet kept, it
    /// loses a line now and then.
    @Test
    @Tag("R48")
    void aStepGoesOnWithoutItsEngineAndNothingOfItIsLost() throws Exception {
        WorkOrder order =
                order(
                        commands(
                                """
                                seq 1 20
                                while [ ! -e away ]; do sleep 0.05; done
                                i=20
                                while [ ! -e go ]; do i=$((i+1)); echo $i; echo $i > at; sleep 0.05; done
                                echo end >&2
                                exit 4
                                """));
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
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> Files.readString(order.outFile()).endsWith("\n20\n"));
        engine().stop();
        Files.createFile(order.workspace().resolve("away"));
        await().atMost(Duration.ofSeconds(60)).until(() -> at(order) > 40);
        engine().start();
        assertThat(end).isNotDone();
        Files.createFile(order.workspace().resolve("go"));

        assertThat(end.get(2, TimeUnit.MINUTES)).isEqualTo(new Result.Exited(4));
        assertThat(Files.readAllLines(order.outFile()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, at(order)).mapToObj(Integer::toString).toList());
        assertThat(order.errFile()).hasContent("end\n");
        assertThat(left(order)).isEmpty();
    }

    /// How far the step has come; 0 while it writes.
    private static int at(WorkOrder order) throws IOException {
        Path file = order.workspace().resolve("at");
        String text = Files.exists(file) ? Files.readString(file).strip() : "";
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }
}
