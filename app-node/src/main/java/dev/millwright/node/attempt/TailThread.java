package dev.millwright.node.attempt;

import dev.millwright.model.AttemptId;
import dev.millwright.node.log.LogTail;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a step's output while the attempt's own thread waits for its end.
final class TailThread implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TailThread.class);
    private final Thread thread;

    private TailThread(Thread thread) {
        this.thread = thread;
    }

    static TailThread start(LogTail tail, AttemptId attempt) {
        return new TailThread(
                Thread.ofVirtual().name("log-" + attempt).start(() -> run(tail, attempt)));
    }

    private static void run(LogTail tail, AttemptId attempt) {
        try {
            tail.run();
        } catch (IOException broken) {
            log.warn("the log of attempt {} cannot be read to its end", attempt, broken);
        } catch (InterruptedException goingDown) {
            Thread.currentThread().interrupt();
        }
    }

    void join() throws InterruptedException {
        thread.join();
    }

    /// End it if it still runs: the node goes down.
    @Override
    public void close() {
        thread.interrupt();
    }
}
