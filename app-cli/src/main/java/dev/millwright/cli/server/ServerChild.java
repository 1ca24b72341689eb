package dev.millwright.cli.server;

import dev.millwright.api.ApiException;
import dev.millwright.api.MillwrightClient;
import dev.millwright.api.server.ReadyView;
import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.launch.Child;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// A server that this process started. One thread.
///
/// @param address where it answers
public record ServerChild(Child process, URI address) {
    /// A machine with much else to do needs minutes to make the start-up cache and to start; what
    /// fails ends by itself.
    private static final Duration START = Duration.ofMinutes(5);

    /// The exit code of what got signal 9.
    private static final int KILLED = 128 + 9;

    private static final Duration STOP = Duration.ofSeconds(20);

    /// Wait until the server says that it can work. False when it did not come to that.
    ///
    /// @param goOn asked again and again; false gives up
    public boolean awaitReady(BooleanSupplier goOn) {
        long start = System.nanoTime();
        try (MillwrightClient client = MillwrightClient.create(address)) {
            while (System.nanoTime() - start < START.toNanos() && goOn.getAsBoolean()) {
                if (isReady(client)) {
                    return true;
                }
                if (process.await(Duration.ofMillis(25))) {
                    return false;
                }
            }
        }
        return false;
    }

    private static boolean isReady(MillwrightClient client) {
        try {
            ReadyView view = client.ready();
            return view.ready();
        } catch (ApiException notYet) {
            return false;
        }
    }

    /// Ask it to end and wait for that.
    public void stop() {
        process.stop(STOP);
    }

    /// Whether it was ended by force, and so could not say why. Only once it is over.
    boolean wasKilled() {
        return process.exitCode() == KILLED;
    }

    /// How it ended, to be said after its name. Only once it is over.
    String end() {
        return wasKilled()
                ? "was killed (signal 9; by somebody, or because the machine ran out of memory)"
                : "ended with exit code " + process.exitCode();
    }

    /// The failure of a server that did not become ready.
    ///
    /// @param log the end of what it printed; empty when people have seen it already
    public CliException failure(List<String> log) {
        String what =
                process.isAlive()
                        ? "the server %s did not become ready within %d s"
                                .formatted(address, START.toSeconds())
                        : "the server %s %s before it was ready".formatted(address, end());
        return new CliException(
                ExitCode.SERVER, log.isEmpty() ? what : what + ":\n" + String.join("\n", log));
    }
}
