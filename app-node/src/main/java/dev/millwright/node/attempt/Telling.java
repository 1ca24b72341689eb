package dev.millwright.node.attempt;

import dev.millwright.model.log.LogChunk;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.log.SecretMask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells of one attempt for as long as somebody wants to hear it, and hides the secrets that came
/// with it: what a store says by now need not be what the step was given.
///
/// [#log] and [#ended] are called by one thread at a time, [#abandon] from any thread.
final class Telling {
    private final Reporter reporter;
    private final Assignment assignment;
    private final SecretMask mask;
    private @Nullable Thread teller;
    private boolean abandoned;

    private interface Report {
        void make() throws InterruptedException;
    }

    Telling(Reporter reporter, Assignment assignment) {
        this.reporter = reporter;
        this.assignment = assignment;
        this.mask = SecretMask.of(assignment.hidden());
    }

    void log(LogChunk chunk) throws InterruptedException {
        LogChunk masked = mask.chunk(chunk);
        tell(() -> reporter.log(assignment, masked));
    }

    /// @param onRefused is given what is told, when the first try is not taken
    void ended(AttemptEnd end, Consumer<AttemptEnd> onRefused) throws InterruptedException {
        AttemptEnd masked = mask.isEmpty() ? end : end.inWords(mask::text);
        tell(() -> reporter.ended(assignment, masked, () -> onRefused.accept(masked)));
    }

    /// From now on nothing is told, and what is being told is broken off.
    synchronized void abandon() {
        abandoned = true;
        if (teller != null) {
            teller.interrupt();
        }
    }

    private void tell(Report report) throws InterruptedException {
        synchronized (this) {
            if (abandoned) {
                return;
            }
            teller = Thread.currentThread();
        }
        try {
            report.make();
        } catch (InterruptedException stopped) {
            if (!isAbandoned()) {
                throw stopped;
            }
        } finally {
            brokenOff();
        }
    }

    private synchronized boolean isAbandoned() {
        return abandoned;
    }

    /// The interrupt was meant for the report; the attempt itself has still to be brought to an
    /// end.
    private synchronized void brokenOff() {
        teller = null;
        if (abandoned) {
            var _ = Thread.interrupted();
        }
    }
}
