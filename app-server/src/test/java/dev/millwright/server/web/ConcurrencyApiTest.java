package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.run.CancelRequest;
import dev.millwright.api.run.RunSummary;
import dev.millwright.api.run.StartRunRequest;
import dev.millwright.api.run.Status;
import dev.millwright.model.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Runs of one concurrency group go one at a time, in the order in which they came.
@Timeout(120)
class ConcurrencyApiTest extends SharedServer {
    private Path truth;

    @Override
    void prepare() {
        truth = directory.resolve("truth");
        String steps =
                """
                steps:
                  - name: alone
                    commands: ["echo begin $MILLWRIGHT_INPUT_N >> %1$s", "sleep $MILLWRIGHT_INPUT_TIME", "echo end $MILLWRIGHT_INPUT_N >> %1$s"]
                """
                        .formatted(truth);
        String inputs =
                "inputs: {n: {type: string, default: x}, time: {type: string, default: '0'}}\n";
        server.pipeline("one", inputs + "concurrency: {group: deploy}\n" + steps);
        server.pipeline("other", inputs + "concurrency: {group: deploy}\n" + steps);
        server.pipeline(
                "newest", inputs + "concurrency: {group: preview, cancelPrevious: true}\n" + steps);
    }

    private RunId begin(String pipeline, String number, String seconds) {
        Map<String, Object> inputs = Map.of("n", number, "time", seconds);
        return server.client.startRun("default", pipeline, StartRunRequest.of(inputs)).run();
    }

    @Test
    void manyThatComeAtOnceNeverOverlap() throws Exception {
        List<Future<RunId>> begun;
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            begun =
                    senders.invokeAll(
                            IntStream.range(0, 12)
                                    .mapToObj(i ->
                                            (Callable<RunId>)
                                                    () ->
                                                            begin(
                                                                    i % 2 == 0 ? "one" : "other",
                                                                    "n" + i,
                                                                    "0"))
                                    .toList());
        }
        for (Future<RunId> run : begun) {
            assertThat(server.finish(run.get()).status()).isEqualTo(Status.SUCCESS);
        }
        List<String> lines =
                Files.readAllLines(truth).stream().filter(line -> line.contains(" n")).toList();
        assertThat(lines).hasSize(24);
        for (int i = 0; i < lines.size(); i += 2) {
            assertThat(lines.get(i)).startsWith("begin ");
            assertThat(lines.get(i + 1)).isEqualTo(lines.get(i).replace("begin", "end"));
        }
    }

    @Test
    void whoWaitsSaysForWhatAndGoesOnInOrder() throws Exception {
        RunId first = begin("one", "a", "30");
        await().until(() -> Files.exists(truth) && Files.readString(truth).contains("begin a"));
        RunId second = begin("one", "b", "0");
        RunId third = begin("other", "c", "0");
        await().until(() -> server.client.run(third).run().status() == Status.BLOCKED);

        assertThat(server.client.run(second).run())
                .extracting(RunSummary::status, RunSummary::message)
                .containsExactly(Status.BLOCKED, "waits for an older run of group 'deploy'");
        server.client.cancel(first, new CancelRequest("make room", false));

        assertThat(server.finish(first).status()).isEqualTo(Status.CANCELLED);
        assertThat(server.finish(third).status()).isEqualTo(Status.SUCCESS);
        assertThat(server.finish(second).status()).isEqualTo(Status.SUCCESS);
        assertThat(Files.readAllLines(truth)).containsSubsequence("end b", "begin c", "end c");
    }

    @Test
    void theNewestCancelsTheOlderOnes() throws Exception {
        RunId first = begin("newest", "old", "30");
        await().until(() -> Files.exists(truth) && Files.readString(truth).contains("begin old"));
        RunId second = begin("newest", "new", "0");

        assertThat(server.finish(first).status()).isEqualTo(Status.CANCELLED);
        assertThat(server.finish(second).status()).isEqualTo(Status.SUCCESS);
        assertThat(Files.readAllLines(truth)).contains("end new").doesNotContain("end old");
    }
}
