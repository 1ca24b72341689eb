package dev.millwright.cli.command;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Tells people who follow something that the server is away, once, and once that it is back. One
/// thread.
public final class Outage {
    /// Connections break and are made anew; only what lasts is worth a word.
    private static final long SHORT_NANOS = Duration.ofSeconds(2).toNanos();

    private final Consumer<String> say;
    private final LongSupplier nanos;
    private long awaySince;
    private boolean away;
    private boolean told;

    /// @param say prints a line for people
    public Outage(Consumer<String> say) {
        this(say, System::nanoTime);
    }

    Outage(Consumer<String> say, LongSupplier nanos) {
        this.say = say;
        this.nanos = nanos;
    }

    /// Note whether the server answers at this moment.
    public void note(boolean answers) {
        if (answers) {
            away = false;
            if (told) {
                told = false;
                say.accept("the server answers again");
            }
            return;
        }
        long now = nanos.getAsLong();
        if (!away) {
            away = true;
            awaySince = now;
        }
        if (!told && now - awaySince >= SHORT_NANOS) {
            told = true;
            say.accept("the server does not answer; waiting for it ...");
        }
    }
}
