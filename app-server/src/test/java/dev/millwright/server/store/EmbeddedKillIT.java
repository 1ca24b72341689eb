package dev.millwright.server.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("R21")
class EmbeddedKillIT {
    private static final int KILLS = Boolean.getBoolean("millwright.long") ? 200 : 5;

    @TempDir Path directory;

    @Test
    void r21LosesNothingThatWasPromisedHoweverOftenItIsKilled() throws Exception {
        Random random = new Random(21);
        Set<UUID> promised = new HashSet<>();
        for (int kill = 0; kill < KILLS; kill++) {
            promised.addAll(writeUntilKilled(150 + random.nextInt(400)));

            try (Database database = Database.open(DatabaseSettings.embedded(directory))) {
                Set<UUID> kept =
                        new HashSet<>(
                                database.<List<UUID>>read(tx ->
                                        tx.handle()
                                                .createQuery("select id from kept")
                                                .mapTo(UUID.class)
                                                .list()));
                assertThat(promised).as("after kill %d", kill).isSubsetOf(kept);
            }
        }
        assertThat(promised).hasSizeGreaterThan(KILLS * 10);
        System.out.printf("R21: %d kills, %d promised, 0 lost%n", KILLS, promised.size());
    }

    /// @param millis how long after the first promise the process is killed
    private List<UUID> writeUntilKilled(int millis) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledWriter.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<UUID> promised = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII))) {
            String line;
            while ((line = lines.readLine()) != null) {
                if (line.length() == 36) {
                    if (promised.isEmpty()) {
                        Thread.ofVirtual().start(() -> killAfter(process, millis));
                    }
                    promised.add(UUID.fromString(line));
                }
            }
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return promised;
    }

    private static void killAfter(Process process, int millis) {
        try {
            Thread.sleep(Duration.ofMillis(millis));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        // Unlike the process itself, its handle leaves the pipe open for what was printed
        process.toHandle().destroyForcibly();
    }
}
