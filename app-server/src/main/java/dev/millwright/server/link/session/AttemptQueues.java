package dev.millwright.server.link.session;

import dev.millwright.model.AttemptId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Does the work of one attempt in order and that of different attempts at the same time. Tasks
/// must not throw. How many may wait is bounded by [UnderWay].
///
/// Any thread.
final class AttemptQueues {
    private final Executor executor;
    private final Map<AttemptId, Queue<Runnable>> waiting = new HashMap<>();

    AttemptQueues(Executor executor) {
        this.executor = executor;
    }

    synchronized void submit(AttemptId attempt, Runnable task) {
        Queue<Runnable> queue = waiting.get(attempt);
        if (queue != null) {
            queue.add(task);
            return;
        }
        waiting.put(attempt, new ArrayDeque<>());
        executor.execute(() -> work(attempt, task));
    }

    private void work(AttemptId attempt, Runnable first) {
        for (Runnable task = first; task != null; task = next(attempt)) {
            task.run();
        }
    }

    private synchronized @Nullable Runnable next(AttemptId attempt) {
        Queue<Runnable> queue = waiting.get(attempt);
        Runnable next = queue == null ? null : queue.poll();
        if (next == null) {
            waiting.remove(attempt);
        }
        return next;
    }
}
