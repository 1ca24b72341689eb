package dev.millwright.server.queue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.configuration.BackgroundJobServerThreadType;
import org.jobrunr.server.configuration.DefaultBackgroundJobServerWorkerPolicy;
import org.jobrunr.server.strategy.WorkDistributionStrategy;
import org.jobrunr.storage.Paging;
import org.jobrunr.storage.navigation.AmountRequest;

/// Count the jobs of one server from the moment they are fetched, not only once they have begun:
/// JobRunr's own count would let more of them run at once than there are workers.
///
/// Called from any thread.
final class Workers extends DefaultBackgroundJobServerWorkerPolicy {
    private final int limit;
    private final AtomicInteger claimed = new AtomicInteger();
    private final AtomicLong everClaimed = new AtomicLong();
    private final AtomicLong fetches = new AtomicLong();
    private volatile int asked;

    /// Whether the last look at the queue may have left something there.
    private volatile boolean backlog = true;

    Workers(int limit) {
        super(limit, BackgroundJobServerThreadType.VirtualThreads);
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    int claimed() {
        return claimed.get();
    }

    /// How many looks at the queue have begun.
    long fetches() {
        return fetches.get();
    }

    long everClaimed() {
        return everClaimed.get();
    }

    int asked() {
        return asked;
    }

    void claim() {
        everClaimed.incrementAndGet();
        if (claimed.incrementAndGet() >= limit) {
            backlog = true;
        }
    }

    /// A worker is free again; tells whether there may be something for it.
    boolean release() {
        claimed.decrementAndGet();
        return backlog;
    }

    void sawBacklog(boolean mayBeMore) {
        backlog = mayBeMore;
    }

    boolean hasRoom() {
        return claimed.get() < limit;
    }

    @Override
    public WorkDistributionStrategy toWorkDistributionStrategy(BackgroundJobServer server) {
        return new Strategy();
    }

    /// Asked within JobRunr's lock, just before it looks at the queue.
    private final class Strategy implements WorkDistributionStrategy {
        @Override
        public int getWorkerCount() {
            return limit;
        }

        @Override
        public AmountRequest getWorkPageRequest() {
            fetches.incrementAndGet();
            asked = Math.max(0, limit - claimed.get());
            return Paging.AmountBasedList.ascOnUpdatedAt(asked);
        }
    }
}
