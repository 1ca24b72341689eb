package dev.millwright.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Says where the figures come from.
final class Machine {
    private Machine() {}

    /// One line for people.
    ///
    /// @param folder where the servers' files are
    static String describe(Path folder) throws IOException {
        return "%s, %d processors (%s), %s %s, %s on %s, load before %s"
                .formatted(
                        Instant.now().truncatedTo(ChronoUnit.MINUTES),
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        "Java " + Runtime.version(),
                        Files.getFileStore(folder).type(),
                        load());
    }

    private static String processor() {
        return first("/proc/cpuinfo", "model name").replaceFirst(".*: *", "");
    }

    private static String load() {
        return first("/proc/loadavg", "").replaceFirst(" .*", "");
    }

    private static String first(String file, String beginning) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(beginning))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException otherSystem) {
            return "unknown";
        }
    }
}
