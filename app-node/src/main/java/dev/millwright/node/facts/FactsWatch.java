package dev.millwright.node.facts;

import dev.millwright.node.Repeated;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/// Looks at the machine again and again, and tells what it found when that has changed.
///
/// Works on a thread of its own until it is closed, from any thread; nothing is told afterwards.
public final class FactsWatch implements AutoCloseable {
    private final Source source;
    private final Consumer<Map<String, String>> told;
    private final Repeated looking;
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
        this.looking = Repeated.start("facts", first, every, this::look);
    }

    /// Begin.
    ///
    /// @param first how long to wait before the first look
    /// @param every how long to wait after each look
    /// @param told is called on the watch's own thread
    public static FactsWatch start(
            Source source, Duration first, Duration every, Consumer<Map<String, String>> told) {
        return new FactsWatch(source, first, every, told);
    }

    private void look() throws InterruptedException {
        tell(source.look());
    }

    private synchronized void tell(Map<String, String> now) {
        if (!closed && !now.equals(known)) {
            told.accept(now);
            known = now;
        }
    }

    /// Once no telling is under way, and none begins: an interrupt may break what it writes to.
    private synchronized void tellNoMore() {
        closed = true;
    }

    @Override
    public void close() {
        tellNoMore();
        looking.close();
    }
}
