package dev.millwright.itest.simulation;

import dev.millwright.model.AttemptId;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Known;
import dev.millwright.node.Settlement;
import java.util.List;
import java.util.Map;

/// What servers and nodes say to each other, as `link.proto` has it.
sealed interface Message {
    /// @param connection grows with each Hello of the node
    record Hello(long connection, List<Known> attempts, boolean mayHaveForgotten)
            implements Message {}

    record Taken(long attempt) implements Message {}

    record Log(long attempt, long fence, int chunk) implements Message {}

    /// @param lost whether nobody can tell how it ended
    record Ended(long attempt, long fence, Outcome outcome, boolean lost) implements Message {}

    record Heartbeat() implements Message {}

    record Greeting(Map<AttemptId, Settlement> settlements, List<AttemptId> unknown)
            implements Message {}

    record Assign(long attempt, long fence, int run, int position) implements Message {}

    record LogStored(long attempt, int chunks) implements Message {}

    record EndStored(long attempt) implements Message {}

    record Beat(List<Long> stops) implements Message {}
}
