package dev.millwright.cli.server;

import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/// Finds a port that nobody listens on.
public final class FreePort {
    private static final int LAST = 65_535;

    private FreePort() {}

    /// The wanted one when it is free, else another one.
    public static int near(int wanted) {
        return isFree(wanted) ? wanted : any();
    }

    /// That very one. Throws [CliException] when it is taken, or no port at all.
    public static int exactly(int wanted) {
        return exactly(wanted, "--port", 1);
    }

    /// @param option that chooses another one
    static int exactly(int wanted, String option) {
        return exactly(wanted, option, 1);
    }

    /// That very one and those behind it; gives the first. Throws [CliException] when one of them
    /// is taken, or no port at all.
    ///
    /// @param option that chooses another first one
    /// @param count how many
    static int exactly(int wanted, String option, int count) {
        for (int next = 0; next < count; next++) {
            requireFree(wanted + next, option, count);
        }
        return wanted;
    }

    private static void requireFree(int wanted, String option, int count) {
        if (wanted < 1 || wanted > LAST) {
            throw CliException.usage("%d is not a port; ports are 1 to %d".formatted(wanted, LAST));
        }
        if (isFree(wanted)) {
            return;
        }
        throw new CliException(
                ExitCode.SERVER,
                "port %d is taken, perhaps by a server that runs already; choose another: %s %d"
                        .formatted(wanted, option, row(wanted + 1, count)));
    }

    /// The first of so many free ones in a row, from the wanted one on; when there are none, any
    /// free one.
    static int row(int wanted, int count) {
        for (int first = wanted; first <= LAST - count + 1; first++) {
            if (IntStream.range(first, first + count).allMatch(FreePort::isFree)) {
                return first;
            }
        }
        return any();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int any() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
