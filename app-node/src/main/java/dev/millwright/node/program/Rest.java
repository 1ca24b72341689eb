package dev.millwright.node.program;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Gives back the memory that work has left, once there is nothing to do. Work makes the heap grow;
/// an agent that rests makes so little garbage that the machine would not get it back for days.
///
/// Looks on a thread of its own until it is closed, from any thread.
final class Rest implements AutoCloseable {
    static final Duration EVERY = Duration.ofSeconds(30);

    /// Less than this is not worth it to stop the program for some hundredths of a second.
    private static final long WORTHWHILE = 1 << 20;

    private final BooleanSupplier idle;
    private final Memory memory;
    private final Thread thread;
    private boolean wasIdle;
    private long least;

    /// The heap.
    interface Memory {
        /// What it takes of the machine, in bytes.
        long taken();

        /// Find out what is not needed, and give back what that frees.
        void collect();
    }

    private Rest(BooleanSupplier idle, Memory memory, Duration every) {
        this.idle = idle;
        this.memory = memory;
        this.thread = Thread.ofVirtual().name("rest").unstarted(() -> run(every));
    }

    /// Begin to look after this program's own memory.
    ///
    /// @param idle whether there is nothing to do
    static Rest start(BooleanSupplier idle) {
        Rest rest = of(idle, new OwnMemory());
        rest.thread.start();
        return rest;
    }

    /// Nothing happens by itself.
    static Rest of(BooleanSupplier idle, Memory memory) {
        return new Rest(idle, memory, EVERY);
    }

    private void run(Duration every) {
        try {
            while (true) {
                Thread.sleep(every);
                look();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Between two steps of a run is no rest: nothing has to be to do twice in a row.
    void look() {
        boolean isIdle = idle.getAsBoolean();
        if (isIdle && wasIdle && memory.taken() >= least + WORTHWHILE) {
            memory.collect();
            least = memory.taken();
        }
        wasIdle = isIdle;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class OwnMemory implements Memory {
        @Override
        public long taken() {
            return Runtime.getRuntime().totalMemory();
        }

        @Override
        public void collect() {
            System.gc();
        }
    }
}
