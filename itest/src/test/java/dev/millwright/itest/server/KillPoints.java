package dev.millwright.itest.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.itest.system.CrashHook;
import dev.millwright.itest.system.ServerProcess;
import dev.millwright.itest.system.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kills the server at the points where a crash is most telling, again and again on one database.
/// What was really carried out is read from a file that the steps append to, never from the
/// database that is being judged.
///
/// Each life of the server first brings to its end what the life before was killed over.
abstract class KillPoints {
    private static final int KILLS = Boolean.getBoolean("millwright.long") ? 100 : 5;

    @TempDir Path folder;
    private Map<String, String> environment = Map.of();
    private Truth truth = new Truth(Path.of(""));

    /// The settings of an empty database.
    abstract Map<String, String> database();

    @BeforeEach
    void prepare() {
        truth = Truth.in(folder);
        environment = new HashMap<>(database());
        environment.put(CrashHook.VARIABLE, trigger().toString());
    }

    private Path trigger() {
        return folder.resolve("crash");
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.start(folder, environment);
    }

    /// Do something that ends with the server's death at that point.
    private void killAt(String point, ServerProcess server, Deed deed) throws IOException {
        Files.writeString(trigger(), point);
        try {
            deed.perform();
        } catch (IOException died) {
            // The answer may or may not have come out before the end
        }
        server.awaitDeath();
        Files.delete(trigger());
    }

    private interface Deed {
        void perform() throws IOException;
    }

    @Tag("K")
    @ParameterizedTest
    @ValueSource(strings = {"K01", "K02", "K03", "K05", "K06", "K07", "K08", "K10", "K11"})
    void everyStepRunsOnceWhereverTheServerIsKilled(String point) throws IOException {
        List<String> runs = new ArrayList<>();
        long slowest = 0;
        for (int life = 0; life <= KILLS; life++) {
            try (ServerProcess server = start()) {
                long ready = System.nanoTime();
                if (life == 0) {
                    server.apply(truth.nested());
                } else {
                    // Whether or not it was acknowledged, it is handed in once more
                    String run = server.deliver("truth", "delivery-" + life);
                    assertThat(server.awaitEnd(run)).isEqualTo("success");
                    runs.add(run);
                    slowest = Math.max(slowest, System.nanoTime() - ready);
                }
                if (life < KILLS) {
                    String delivery = "delivery-" + (life + 1);
                    killAt(point, server, () -> server.deliver("truth", delivery));
                } else {
                    assertThat(server.get("/api/v1/runs").at("/items")).hasSize(KILLS);
                }
            }
        }
        assertThat(truth.lines())
                .containsExactlyInAnyOrderElementsOf(Truth.expected(runs, Truth.NESTED));
        System.out.printf(
                "%s, %s: %d kills, each run was over at most %d ms after the server was ready%n",
                getClass().getSimpleName(), point, KILLS, slowest / 1_000_000);
    }

    @Test
    @Tag("K12")
    void aCancelThatWasStoredIsCarriedOutAfterTheKill() throws IOException {
        List<String> runs = new ArrayList<>();
        for (int life = 0; life <= KILLS; life++) {
            try (ServerProcess server = start()) {
                if (life == 0) {
                    server.apply(truth.pipeline(2, 60));
                } else {
                    assertThat(server.awaitEnd(runs.getLast())).isEqualTo("cancelled");
                }
                if (life < KILLS) {
                    String run = server.deliver("truth", "delivery-" + life);
                    runs.add(run);
                    await().atMost(Duration.ofSeconds(30))
                            .until(() -> truth.lines().contains(run + " 0"));
                    killAt("K12", server, () -> server.cancel(run));
                }
            }
        }
        assertThat(truth.lines()).containsExactlyElementsOf(Truth.expected(runs, 1));
    }

    @Test
    void stepsThatRunGoOnWhileTheServerIsAway() throws IOException {
        Path go = folder.resolve("go");
        List<String> runs = new ArrayList<>();
        try (ServerProcess first = start()) {
            first.apply(truth.waiting(go));
            for (int i = 0; i < 3; i++) {
                runs.add(first.deliver("truth", "delivery-" + i));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> !truth.lines().isEmpty());
            first.kill();
        }
        Files.createFile(go);
        try (ServerProcess second = start()) {
            for (String run : runs) {
                assertThat(second.awaitEnd(run)).isEqualTo("success");
                assertThat(second.log(run, "0/0")).isEqualTo("first line\nlast line\n");
            }
        }
        assertThat(truth.lines()).containsExactlyInAnyOrderElementsOf(Truth.expected(runs, 2));
    }

    @Test
    void twentyRunsThatWereGoingOrWaitingAllEndWell() throws IOException {
        List<String> runs = new ArrayList<>();
        try (ServerProcess first = start()) {
            first.apply(truth.pipeline(3, 0.1));
            for (int i = 0; i < 20; i++) {
                runs.add(first.deliver("truth", "delivery-" + i));
            }
            first.kill();
        }
        try (ServerProcess second = start()) {
            for (String run : runs) {
                assertThat(second.awaitEnd(run)).isEqualTo("success");
            }
        }
        assertThat(truth.lines()).containsExactlyInAnyOrderElementsOf(Truth.expected(runs, 3));
    }
}
