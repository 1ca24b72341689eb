package dev.millwright.itest.system;

import dev.millwright.model.CrashPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Ends the process on the spot, as `kill -9` does, when it reaches the point that stands in the
/// file that `MILLWRIGHT_TEST_CRASH` names. No file: nothing happens.
public final class CrashHook implements CrashPoints.Hook {
    public static final String VARIABLE = "MILLWRIGHT_TEST_CRASH";

    private static final Path FILE = Path.of(System.getenv().getOrDefault(VARIABLE, "/nowhere"));

    @Override
    public void hit(String point) {
        if (armed().equals(point)) {
            Runtime.getRuntime().halt(137);
        }
    }

    private static String armed() {
        try {
            return Files.readString(FILE);
        } catch (IOException unarmed) {
            return "";
        }
    }
}
