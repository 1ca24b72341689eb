package dev.millwright.server.resource;

import dev.millwright.model.resource.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All pipelines as they were last read, which is good for as long as none changed: whoever looks
/// again and again for schedules and polls does not read hundreds of them each time.
///
/// Any thread.
final class KnownPipelines {
    /// They are read in full after this, whatever the mark says: servers stamp rows by clocks of
    /// their own, so one that is behind may delete a row and make another between two looks unseen.
    static final Duration TRUSTED = Duration.ofMinutes(1);

    private final Supplier<Mark> mark;
    private final Supplier<List<Resource>> read;
    private final LongSupplier nanos;

    // Without a lock: whoever reads twice at the same time does no harm
    private volatile @Nullable Known known;

    /// @param mark tells cheaply how all rows are now
    /// @param nanos a clock like [System#nanoTime()]
    KnownPipelines(Supplier<Mark> mark, Supplier<List<Resource>> read, LongSupplier nanos) {
        this.mark = mark;
        this.read = read;
        this.nanos = nanos;
    }

    /// What differs after each change of rows.
    ///
    /// @param latest when the last one was written, if there is any
    record Mark(long count, long revisions, @Nullable Instant latest) {}

    private record Known(Mark mark, List<Resource> pipelines, long readAt) {}

    /// All there are; the same list as before as long as nothing changed.
    List<Resource> all() {
        // Before the rows: what changes in between is then seen at the next look
        Mark now = mark.get();
        long at = nanos.getAsLong();
        Known last = known;
        if (last != null && last.mark().equals(now) && at - last.readAt() < TRUSTED.toNanos()) {
            return last.pipelines();
        }
        Known next = new Known(now, List.copyOf(read.get()), at);
        known = next;
        return next.pipelines();
    }
}
