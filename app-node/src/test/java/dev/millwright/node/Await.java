package dev.millwright.node;

import java.time.Duration;
import java.util.concurrent.Callable;

/// Wait for something to become true, with a deadline.
public final class Await {
    private Await() {}

    public static void until(String what, Callable<Boolean> condition) {
        until(what, Duration.ofSeconds(20), condition);
    }

    public static void until(String what, Duration atMost, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("not within " + atMost + ": " + what);
                }
                Thread.sleep(2);
            }
        } catch (RuntimeException | InterruptedException broken) {
            throw new AssertionError("while waiting: " + what, broken);
        } catch (Exception broken) {
            throw new AssertionError("while waiting: " + what, broken);
        }
    }
}
