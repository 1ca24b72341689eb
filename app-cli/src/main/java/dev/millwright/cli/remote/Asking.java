package dev.millwright.cli.remote;

import dev.millwright.cli.command.Outage;
import dev.millwright.model.MillwrightException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Asks a server without being stuck with one that takes a question and never answers it, or stops
/// in the middle of its answer. One thread.
///
/// @see Outage
final class Asking implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(100);

    /// An answer that takes longer may be one that never comes.
    private static final Duration PROMPT = Duration.ofSeconds(1);

    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(60);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Outage outage;
    private final Runnable tick;
    private final BooleanSupplier over;
    private Duration patience = FIRST_PATIENCE;

    /// @param outage is told when an answer takes long, and when it came
    /// @param tick is run a few times per second while there is no answer
    /// @param over ends the waiting as soon as it is true
    Asking(Outage outage, Runnable tick, BooleanSupplier over) {
        this.outage = outage;
        this.tick = tick;
        this.over = over;
    }

    /// Ask something that can be asked again. Empty when there was no answer for so long that it is
    /// better to ask anew, or nobody waits for it any longer; what the question throws comes
    /// through.
    <T> Optional<T> ask(Supplier<T> question) {
        Future<T> answer = threads.submit(question::get);
        try {
            long asked = System.nanoTime();
            while (!over.getAsBoolean()) {
                try {
                    T value = answer.get(TICK.toNanos(), TimeUnit.NANOSECONDS);
                    patience = FIRST_PATIENCE;
                    outage.note(true);
                    return Optional.of(value);
                } catch (TimeoutException _) {
                    long waited = System.nanoTime() - asked;
                    if (waited > PROMPT.toNanos()) {
                        outage.note(false);
                    }
                    if (waited > patience.toNanos()) {
                        // A slow server gets the time that it needs, after a few attempts.
                        Duration doubled = patience.multipliedBy(2);
                        patience =
                                doubled.compareTo(LONGEST_PATIENCE) < 0
                                        ? doubled
                                        : LONGEST_PATIENCE;
                        return Optional.empty();
                    }
                    tick.run();
                }
            }
        } catch (ExecutionException failed) {
            throw asThrown(Objects.requireNonNullElse(failed.getCause(), failed));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            answer.cancel(true);
        }
        return Optional.empty();
    }

    private static RuntimeException asThrown(Throwable problem) {
        return switch (problem) {
            case RuntimeException thrown -> thrown;
            case Error error -> throw error;
            default -> new MillwrightException("the server could not be asked", problem);
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
