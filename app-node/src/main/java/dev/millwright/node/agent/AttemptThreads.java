package dev.millwright.node.agent;

import dev.millwright.model.AttemptId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The threads on which attempts are carried out or ended, one for each. Called from any thread.
final class AttemptThreads {
    private final Map<AttemptId, Thread> threads = new ConcurrentHashMap<>();

    /// Do it on a thread of its own.
    void start(String word, AttemptId attempt, Runnable work) {
        Thread thread =
                Thread.ofVirtual()
                        .name(word + "-" + attempt)
                        .unstarted(() -> {
                            try {
                                work.run();
                            } finally {
                                threads.remove(attempt);
                            }
                        });
        threads.put(attempt, thread);
        thread.start();
    }

    /// Wait until no attempt is under way, or that time is over.
    void awaitIdle(Duration time) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        for (Thread thread : List.copyOf(threads.values())) {
            thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    void interrupt() {
        threads.values().forEach(Thread::interrupt);
    }
}
