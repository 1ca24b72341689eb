package dev.millwright.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.model.AttemptId;
import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogPosition;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.Known;
import dev.millwright.node.NodeReports;
import dev.millwright.node.ScriptStep;
import dev.millwright.node.Settlement;
import dev.millwright.node.process.ProcessRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a reconnected server says about attempts of this very life.
class LiveSettlementTest {
    @TempDir Path root;

    private final AtomicInteger logs = new AtomicInteger();
    private final Map<AttemptId, AttemptEnd> ends = new ConcurrentHashMap<>();
    private volatile CountDownLatch open = new CountDownLatch(0);

    /// Takes nothing while it is shut, as a server that is cut off.
    private final NodeReports reports =
            new NodeReports() {
                @Override
                public void log(AttemptId attempt, long fence, LogChunk chunk) {
                    logs.incrementAndGet();
                    pass();
                }

                @Override
                public void ended(AttemptId attempt, long fence, AttemptEnd end) {
                    pass();
                    ends.put(attempt, end);
                }
            };

    private void pass() {
        try {
            open.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private NodeAgent agent() {
        return NodeAgent.create(
                NodeSettings.local(root.resolve("node"), 4), List.of(new ProcessRunner()), reports);
    }

    private void awaitGone(Assignment step) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !Files.exists(root.resolve("node/attempts/" + step.attempt())));
    }

    @Test
    void liveAttemptsAreToldOnceEach() {
        open = new CountDownLatch(1);
        try (NodeAgent agent = agent()) {
            Assignment running = ScriptStep.of("sleep 100");
            Assignment over = ScriptStep.of("true");
            agent.start(running);
            agent.start(over);

            await().until(() -> agent.hello().contains(Known.of(over, Known.State.ENDED)));
            assertThat(agent.hello())
                    .containsExactlyInAnyOrder(
                            Known.of(running, Known.State.RUNNING),
                            Known.of(over, Known.State.ENDED));
            assertThat(agent.hello()).hasSize(2);
            agent.settle(running.attempt(), new Settlement.Fenced());
            agent.settle(over.attempt(), new Settlement.Forget());
            awaitGone(running);
            awaitGone(over);
        }
    }

    @Test
    void whatContinuesGoesOnAsItIs() {
        try (NodeAgent agent = agent()) {
            Assignment step = ScriptStep.of("while [ ! -e go ]; do sleep 0.05; done");
            agent.start(step);
            agent.settle(step.attempt(), new Settlement.Continue(LogPosition.START));
            assertThat(agent.hello()).hasSize(1);
            Path go = root.resolve("node/workspaces/" + step.run() + "/go");
            await().ignoreExceptions().until(() -> Files.createFile(go) != null);
            await().until(() -> ends.containsKey(step.attempt()));
            awaitGone(step);
        }
    }

    @Test
    void whatIsFencedIsKilledAndNothingMoreIsTold() {
        open = new CountDownLatch(1);
        try (NodeAgent agent = agent()) {
            Assignment step = ScriptStep.of("echo $$ > pid; echo one; echo two >&2; sleep 100");
            agent.start(step);
            await().until(() -> logs.get() > 0);
            Path pid = root.resolve("node/workspaces/" + step.run() + "/pid");
            long process = Long.parseLong(read(pid));

            agent.settle(step.attempt(), new Settlement.Fenced());

            awaitGone(step);
            await().until(() -> ProcessHandle.of(process).filter(p -> p.isAlive()).isEmpty());
            open.countDown();
            assertThat(ends).isEmpty();
            assertThat(agent.hello()).isEmpty();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (java.io.IOException broken) {
            throw new AssertionError(broken);
        }
    }
}
