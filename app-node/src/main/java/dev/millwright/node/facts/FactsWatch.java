package dev.millwright.node.facts;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the machine again and again, and tells what it found when that has changed.
///
/// Works on a thread of its own until it is closed, from any thread; nothing is told afterwards.
public final class FactsWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FactsWatch.class);

    private final Source source;
    private final Consumer<Map<String, String>> told;
    private final Thread thread;
    private Map<String, String> known = Map.of();
    private boolean closed;

    /// Finds out about the machine.
    public interface Source {
        Map<String, String> look() throws InterruptedException;
    }

    private FactsWatch(
            Source source, Duration first, Duration every, Consumer<Map<String, String>> told) {
        this.source = source;
        this.told = told;
        this.thread = Thread.ofVirtual().name("facts").unstarted(() -> run(first, every));
    }

    /// Begin.
    ///
    /// @param first how long to wait before the first look
    /// @param every how long to wait after each look
    /// @param told is called on the watch's own thread
    public static FactsWatch start(
            Source source, Duration first, Duration every, Consumer<Map<String, String>> told) {
        FactsWatch watch = new FactsWatch(source, first, every, told);
        watch.thread.start();
        return watch;
    }

    private void run(Duration first, Duration every) {
        try {
            Thread.sleep(first);
            while (true) {
                look();
                Thread.sleep(every);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        try {
            tell(source.look());
        } catch (RuntimeException unexpected) {
            log.warn("the facts of this machine cannot be found out or told", unexpected);
        }
    }

    private synchronized void tell(Map<String, String> now) {
        if (!closed && !now.equals(known)) {
            told.accept(now);
            known = now;
        }
    }

    /// End a look, but never a telling: an interrupt may break what it writes to.
    private synchronized void end() {
        closed = true;
        thread.interrupt();
    }

    @Override
    public void close() {
        end();
        try {
            thread.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
