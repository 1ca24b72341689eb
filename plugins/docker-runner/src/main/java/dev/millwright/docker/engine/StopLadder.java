package dev.millwright.docker.engine;

import com.github.dockerjava.api.exception.DockerException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends a container: TERM, then the grace time, then KILL. Called from any thread.
public final class StopLadder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StopLadder.class);
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Engine engine;
    private final String container;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Thread climbing;
    private long deadline;
    private boolean ended;

    public StopLadder(Engine engine, String container) {
        this.engine = engine;
        this.container = container;
    }

    /// A further call may only shorten the grace time.
    public void stop(Duration grace) {
        lock.lock();
        try {
            long wanted = System.nanoTime() + grace.toNanos();
            if (ended) {
                return;
            }
            if (climbing == null) {
                deadline = wanted;
                climbing =
                        Thread.ofPlatform().daemon().name("stop-" + container).start(this::climb);
            } else if (wanted - deadline < 0) {
                deadline = wanted;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void climb() {
        try {
            signal("TERM");
            while (!isOver()) {
                // An engine that was away when it was told has to be told again
                signal("KILL");
                again();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Wait for the end, or for the end of the grace time.
    private boolean isOver() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = deadline - System.nanoTime();
            while (!ended && left > 0) {
                var _ = changed.await(left, TimeUnit.NANOSECONDS);
                left = deadline - System.nanoTime();
            }
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private void again() {
        lock.lock();
        try {
            deadline = System.nanoTime() + AGAIN_NANOS;
        } finally {
            lock.unlock();
        }
    }

    private void signal(String name) throws InterruptedException {
        try {
            engine.tell(client -> client.killContainerCmd(container).withSignal(name).exec());
        } catch (DockerException | EngineAwayException unheard) {
            log.debug("container {} did not get {}", container, name, unheard);
        }
    }

    /// It has ended.
    @Override
    public void close() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
