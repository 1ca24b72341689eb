package dev.millwright.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SyncBarrierTest {
    private final Semaphore permits = new Semaphore(0);
    private final AtomicInteger syncs = new AtomicInteger();

    private void sync() {
        syncs.incrementAndGet();
        permits.acquireUninterruptibly();
    }

    private static Thread start(Runnable work) {
        return Thread.ofVirtual().start(work);
    }

    @Test
    void manyWaitersShareOneSync() throws Exception {
        SyncBarrier barrier = new SyncBarrier(this::sync);
        List<Thread> waiters = new ArrayList<>();
        waiters.add(start(barrier::await));
        await().until(() -> syncs.get() == 1);
        for (int i = 0; i < 20; i++) {
            waiters.add(start(barrier::await));
        }
        await().until(() ->
                waiters.stream().skip(1).allMatch(t -> t.getState() == Thread.State.WAITING));
        permits.release(10);
        for (Thread waiter : waiters) {
            waiter.join();
        }

        // The first at once, all others together
        assertThat(syncs.get()).isEqualTo(2);
    }

    @Test
    void r24AFailedSyncIsFatalForAllWhoWaitedForItAndForNobodyElse() throws Exception {
        AtomicInteger failed = new AtomicInteger();
        SyncBarrier barrier =
                new SyncBarrier(() -> {
                    sync();
                    if (syncs.get() == 2) {
                        throw new IOException("no room");
                    }
                });
        Runnable waiter =
                () -> {
                    try {
                        barrier.await();
                    } catch (StoreUnavailableException expected) {
                        failed.incrementAndGet();
                    }
                };
        Thread first = start(waiter);
        await().until(() -> syncs.get() == 1);
        Thread second = start(waiter);
        Thread third = start(waiter);
        await().until(() ->
                second.getState() == Thread.State.WAITING
                        && third.getState() == Thread.State.WAITING);
        permits.release(3);
        first.join();
        second.join();
        third.join();
        barrier.await();

        assertThat(failed.get()).isEqualTo(2);
    }

    @Test
    void anUnexpectedErrorIsNoSuccess() {
        SyncBarrier barrier =
                new SyncBarrier(() -> {
                    throw new IllegalStateException("?");
                });

        assertThatThrownBy(barrier::await).isInstanceOf(StoreUnavailableException.class);
    }
}
