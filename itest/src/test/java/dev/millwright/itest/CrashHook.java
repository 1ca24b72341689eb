package dev.millwright.itest;

import dev.millwright.model.CrashPoints;

/// Ends the process on the spot, as `kill -9` does, when it reaches the point that the variable
/// `MILLWRIGHT_TEST_CRASH` names.
public final class CrashHook implements CrashPoints.Hook {
    private static final String POINT = System.getenv().getOrDefault("MILLWRIGHT_TEST_CRASH", "");

    @Override
    public void hit(String point) {
        if (point.equals(POINT)) {
            Runtime.getRuntime().halt(137);
        }
    }
}
