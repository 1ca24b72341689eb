package dev.millwright.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Ports of this machine for servers that a test starts later. Any thread.
///
/// A port that the system chose (port 0) and that was let go again may be given to somebody else
/// meanwhile: to another test that asks, or to any connection that goes out. These are kept apart:
/// none is handed out twice by one process, and none is among those that the system chooses from.
public final class Ports {
    /// The system's own choice begins behind them: Linux at 32,768, others at 49,152.
    private static final int FIRST = 20_000;

    private static final int COUNT = 12_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /// A TCP port that nobody listens on and that nobody else in this process is given. Throws
    /// [AssertionError] when all of them have been given.
    public static int free() {
        int first = ThreadLocalRandom.current().nextInt(COUNT);
        for (int next = 0; next < COUNT; next++) {
            int port = FIRST + (first + next) % COUNT;
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new AssertionError("all ports from %d on are given".formatted(FIRST));
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port)) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
