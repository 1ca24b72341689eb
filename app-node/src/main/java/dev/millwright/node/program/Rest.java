package dev.millwright.node.program;

import dev.millwright.node.Repeated;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Gives back the memory that work has left, once there is nothing to do. Work makes the heap grow;
/// an agent that rests makes so little garbage that the machine would not get it back for days.
///
/// Used by one thread.
final class Rest {
    private static final Duration EVERY = Duration.ofSeconds(30);

    /// Less than this is not worth it to stop the program for some hundredths of a second.
    private static final long WORTHWHILE = 1 << 20;

    private final BooleanSupplier idle;
    private final Memory memory;
    private boolean wasIdle;
    private long least;

    /// The heap.
    interface Memory {
        /// What it takes of the machine, in bytes.
        long taken();

        /// Find out what is not needed, and give back what that frees.
        void collect();
    }

    Rest(BooleanSupplier idle, Memory memory) {
        this.idle = idle;
        this.memory = memory;
    }

    /// Begin to look after this program's own memory.
    ///
    /// @param idle whether there is nothing to do
    static Repeated start(BooleanSupplier idle) {
        Rest rest = new Rest(idle, new OwnMemory());
        return Repeated.start("rest", EVERY, EVERY, rest::look);
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
