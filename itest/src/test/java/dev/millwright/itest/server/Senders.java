package dev.millwright.itest.server;

import dev.millwright.itest.system.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Callers that hand in deliveries one after another, whatever happens to the server, and remember
/// what it has acknowledged. As real ones do, they pause after a refusal, and so leave the
/// processor to the server that is starting. Closing them waits for the last answers.
final class Senders implements AutoCloseable {
    private static final long PAUSE_MILLIS = 100;

    private final AtomicReference<ServerProcess> server;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    private Senders(ServerProcess server) {
        this.server = new AtomicReference<>(server);
    }

    static Senders start(int count, ServerProcess server) {
        Senders senders = new Senders(server);
        for (int i = 0; i < count; i++) {
            senders.threads.add(Thread.ofVirtual().start(senders::send));
        }
        return senders;
    }

    private void send() {
        while (!over.get()) {
            String delivery = "delivery-" + next.incrementAndGet();
            try {
                acknowledged.add(server.get().deliver("truth", delivery));
            } catch (IOException away) {
                refused.incrementAndGet();
                pause();
            }
        }
    }

    /// Until there is another server to talk to, or a while has passed.
    private synchronized void pause() {
        try {
            wait(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            over.set(true);
        }
    }

    /// From now on talk to this one.
    synchronized void turnTo(ServerProcess other) {
        server.set(other);
        notifyAll();
    }

    int acknowledgements() {
        return acknowledged.size();
    }

    int refusals() {
        return refused.get();
    }

    /// The runs that the server has promised.
    List<String> runs() {
        return List.copyOf(acknowledged);
    }

    @Override
    public void close() {
        stop();
    }

    /// Send no more, and wait for the last answers.
    void stop() {
        over.set(true);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
