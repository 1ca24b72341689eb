package dev.millwright.server.link;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.log.LogChunk;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.Known;
import dev.millwright.node.Settlement;
import dev.millwright.server.node.NodeGreeting;
import dev.millwright.server.node.NodeHello;
import dev.millwright.server.node.NodeHost;
import dev.millwright.server.node.NodeLine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// Writes down what the link tells, and fails or blocks when it is told to.
final class RecordingHost implements NodeHost {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<NodeLine> lines = new CopyOnWriteArrayList<>();
    final Map<AttemptId, CountDownLatch> blocked = new ConcurrentHashMap<>();
    final AtomicInteger logFailures = new AtomicInteger();
    final AtomicInteger answerFailures = new AtomicInteger();
    volatile boolean refusesAll;

    @Override
    public NodeGreeting arrived(NodeName node, NodeHello hello, NodeLine line) {
        if (refusesAll) {
            throw new IllegalStateException("the database is away");
        }
        calls.add("arrived " + node + " with " + hello.attempts().size());
        lines.add(line);
        return new NodeGreeting(
                hello.attempts().stream()
                        .collect(Collectors.toMap(Known::attempt, _ -> new Settlement.Forget())),
                List.of(),
                hello.runs(),
                true);
    }

    @Override
    public void ready(NodeName node, NodeLine line) {
        calls.add("ready " + node);
    }

    @Override
    public void taken(NodeName node, AttemptId attempt) {
        failIf(answerFailures);
        calls.add("taken " + attempt);
    }

    @Override
    public void refused(NodeName node, AttemptId attempt, long fence, Refusal refusal) {
        String words = (refusal.reason() + " " + refusal.missingRunner()).strip();
        calls.add("refused " + attempt + " " + fence + " " + words);
    }

    @Override
    public void log(NodeName node, AttemptId attempt, long fence, LogChunk chunk) {
        CountDownLatch latch = blocked.get(attempt);
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        failIf(logFailures);
        calls.add("log " + attempt + " " + fence + " " + chunk.sequence());
    }

    private static void failIf(AtomicInteger failures) {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("the database is away");
        }
    }

    @Override
    public void ended(NodeName node, AttemptId attempt, long fence, AttemptEnd end) {
        calls.add("ended " + attempt + " " + fence + " " + end.outcome().word());
    }

    @Override
    public Beat heartbeat(NodeName node, NodeLine line, String refusal, Set<String> repositories) {
        calls.add("heartbeat " + node + " '" + refusal + "' " + repositories);
        return new Beat(
                true,
                List.of(
                        new StopOrder(
                                LinkTalk.ATTEMPT, Action.Reason.FAIL_FAST, Duration.ofSeconds(7))));
    }

    @Override
    public void runners(NodeName node, Set<String> kinds, Map<String, String> missing) {
        calls.add("runners " + node + " " + new TreeSet<>(kinds) + " " + missing);
    }

    @Override
    public void facts(NodeName node, Map<String, String> facts) {
        calls.add("facts " + facts);
    }

    @Override
    public void gone(NodeName node, NodeLine line, boolean goodbye) {
        calls.add("gone " + node + (goodbye ? " in order" : ""));
    }

    List<String> callsOf(String word) {
        return calls.stream().filter(call -> call.startsWith(word + " ")).toList();
    }
}
