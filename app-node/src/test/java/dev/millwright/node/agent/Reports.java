package dev.millwright.node.agent;

import static org.awaitility.Awaitility.await;

import dev.millwright.model.AttemptId;
import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogPosition;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.NodeReports;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what a node reports.
final class Reports implements NodeReports {
    final Map<AttemptId, List<LogChunk>> logs = new ConcurrentHashMap<>();
    final Map<AttemptId, AttemptEnd> ends = new ConcurrentHashMap<>();

    @Override
    public void log(AttemptId attempt, long fence, LogChunk chunk) {
        logs.computeIfAbsent(attempt, key -> new CopyOnWriteArrayList<>()).add(chunk);
    }

    @Override
    public void ended(AttemptId attempt, long fence, AttemptEnd end) {
        ends.put(attempt, end);
    }

    AttemptEnd end(AttemptId attempt) {
        await().atMost(Duration.ofSeconds(20)).until(() -> ends.containsKey(attempt));
        return ends.get(attempt);
    }

    LogPosition position(AttemptId attempt) {
        List<LogChunk> chunks = logs.getOrDefault(attempt, List.of());
        return chunks.isEmpty() ? LogPosition.START : LogPosition.after(chunks.getLast());
    }
}
