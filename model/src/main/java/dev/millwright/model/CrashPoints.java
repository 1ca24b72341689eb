package dev.millwright.model;

import java.util.ServiceLoader;

/// Named places where a crash is most telling. In production each of them does nothing; a test puts
/// a [Hook] on the class path and so kills or stops the process right there.
///
/// Called from any thread.
public final class CrashPoints {
    private static final Hook HOOK = ServiceLoader.load(Hook.class).findFirst().orElse(point -> {});

    private CrashPoints() {}

    /// Tell the hook, if there is one, that the named place is reached.
    public static void hit(String point) {
        HOOK.hit(point);
    }

    /// Found through [ServiceLoader]; only tests bring one.
    public interface Hook {
        void hit(String point);
    }
}
