package dev.millwright.bench.floor;

import dev.millwright.bench.measure.BenchException;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process that opens the server's database, brings its tables up to date, and ends: the least
/// that a start has to do.
public final class OpenDatabase {
    private static final int SECONDS = 60;

    private OpenDatabase() {}

    /// From the start of the process until it has ended, in milliseconds.
    public static double inNewProcess(DatabaseSettings database)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Dmillwright.log.level=error",
                                "-cp",
                                System.getProperty("java.class.path"),
                                OpenDatabase.class.getName(),
                                database.dataDirectory().toString(),
                                database.url(),
                                database.user()));
        builder.inheritIO();
        long start = System.nanoTime();
        Process process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new BenchException("a process could not open the database");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        DatabaseSettings settings = DatabaseSettings.server(folder, arguments[1], arguments[2], "");
        Database opened = Database.open(settings);
        opened.ping();
        // The database is ready: what closing would take is no part of a start
        Runtime.getRuntime().halt(0);
    }
}
