package dev.millwright.bench.work;

import dev.millwright.bench.measure.Samples;
import dev.millwright.bench.measure.Waiting;
import dev.millwright.bench.server.Hook;
import dev.millwright.bench.server.Marks;
import dev.millwright.bench.server.Pipelines;
import dev.millwright.bench.server.ServerProcess;
import dev.millwright.model.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// Sends webhooks one after the other, each when the run before is over.
///
/// @param toCommand from the moment before the client sends to the time that the step's first
///   command prints, in milliseconds
/// @param toAnswer from the same moment until the client has the answer, in milliseconds
record TriggerLoad(Samples toCommand, Samples toAnswer) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(5);

    /// @param folder for what the steps write
    static TriggerLoad measure(ServerProcess server, Path folder, int warmUp, int count)
            throws IOException, InterruptedException {
        Marks marks = Marks.create(folder);
        server.apply(Pipelines.oneStep("trigger", Pipelines.mark(folder, "")));
        TriggerLoad load = new TriggerLoad(new Samples(), new Samples());
        try (Hook hook = new Hook(server.address())) {
            for (int i = 0; i < warmUp + count; i++) {
                Hook.Sent sent = hook.send("trigger");
                Duration took = Duration.between(sent.at(), marks.await(sent.run()));
                awaitEnd(server, sent.run());
                if (i >= warmUp) {
                    load.toCommand.addNanos(took.toNanos());
                    load.toAnswer.addNanos(sent.answerNanos());
                }
            }
        }
        return load;
    }

    /// So that the end of one run does not disturb the next.
    private static void awaitEnd(ServerProcess server, String run) throws InterruptedException {
        RunId id = RunId.parse(run);
        Waiting.until(
                "the end of run " + id,
                PATIENCE,
                PAUSE,
                () -> server.client().run(id).run().status().isFinished());
    }
}
