package dev.millwright.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.link.v1.Ended;
import dev.millwright.link.v1.Log;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// What the servers of a test have stored; they share it.
final class FakeStore {
    final Map<String, List<Log>> logs = new ConcurrentHashMap<>();
    final Map<String, Ended> ends = new ConcurrentHashMap<>();

    /// A sequence number that is stored already is ignored; a hole is a fault of the node.
    synchronized void store(Log log) {
        List<Log> known = logs.computeIfAbsent(log.getAttempt(), _ -> new CopyOnWriteArrayList<>());
        if (known.isEmpty() || log.getSequence() > known.getLast().getSequence()) {
            known.add(log);
        }
    }

    /// How many bytes of standard output there are, after looking for holes and overlaps.
    long outBytes(String attempt) {
        long offset = 0;
        int sequence = -1;
        for (Log log : logs.getOrDefault(attempt, List.of())) {
            assertThat(log.getOutOffset()).isEqualTo(offset);
            if (sequence >= 0) {
                assertThat(log.getSequence()).isEqualTo(sequence + 1);
            }
            offset += log.getOutLength();
            sequence = log.getSequence();
        }
        return offset;
    }
}
