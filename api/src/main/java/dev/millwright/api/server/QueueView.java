package dev.millwright.api.server;

import dev.millwright.api.run.RunSummary;
import java.util.List;

/// What waits and what is being worked on.
///
/// @param running whether this server takes jobs from the queue
/// @param workers how many jobs this server works on at once
/// @param enqueued wake-ups that may be taken now
/// @param scheduled wake-ups for later
/// @param processing wake-ups being carried out
/// @param failed wake-ups that failed and were given up
/// @param runs runs that are not finished, oldest first, at most 500
/// @param outbox what waits to be told to systems outside, for each of them
public record QueueView(
        boolean running,
        int workers,
        long enqueued,
        long scheduled,
        long processing,
        long failed,
        List<RunSummary> runs,
        List<OutboxView> outbox) {
    public QueueView {
        runs = List.copyOf(runs);
        outbox = List.copyOf(outbox);
    }
}
