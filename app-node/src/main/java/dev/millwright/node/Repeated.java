package dev.millwright.node;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does something again and again on a thread of its own until it is closed, from any thread;
/// whatever it throws is logged, and it goes on.
///
/// ```java
/// try (Repeated looking = Repeated.start("facts", SOON, EVERY, watch::look)) { ... }
/// ```
public final class Repeated implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Repeated.class);

    private final Thread thread;

    /// What is done; an interrupt ends it.
    public interface Work {
        void run() throws InterruptedException;
    }

    private Repeated(String name, Duration first, Duration every, Work work) {
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(first, every, work));
    }

    /// Begin.
    ///
    /// @param first how long to wait before the first time
    /// @param every how long to wait after each time
    public static Repeated start(String name, Duration first, Duration every, Work work) {
        Repeated repeated = new Repeated(name, first, every, work);
        repeated.thread.start();
        return repeated;
    }

    private static void run(Duration first, Duration every, Work work) {
        try {
            Thread.sleep(first);
            while (true) {
                quietly(work);
                Thread.sleep(every);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static void quietly(Work work) throws InterruptedException {
        try {
            work.run();
        } catch (RuntimeException | Error failed) {
            log.warn("'{}' failed and is done again", Thread.currentThread().getName(), failed);
        }
    }

    /// Interrupt it and wait until it has ended.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
