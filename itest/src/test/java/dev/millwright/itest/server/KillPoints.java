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

/// Kills the server at the points where a crash is most telling, again and again on one database.
/// What was really carried out is read from a file that the steps append to, never from the
/// database that is being judged.
///
/// Each life of the server first brings to its end what the life before was killed over.
abstract class KillPoints {
    /// At each point.
    private static final int KILLS = Boolean.getBoolean("millwright.long") ? 100 : 5;

    private static final List<String> POINTS =
            List.of("K01", "K02", "K03", "K05", "K06", "K07", "K08", "K10", "K11");

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

    @Test
    @Tag("K")
    void everyStepRunsOnceWhereverTheServerIsKilled() throws IOException {
        List<String> runs = new ArrayList<>();
        int lives = POINTS.size() * KILLS;
        for (int life = 0; life <= lives; life++) {
            try (ServerProcess server = start()) {
                long ready = System.nanoTime();
                if (life == 0) {
                    server.apply(truth.nested());
                } else {
                    // Whether or not it was acknowledged, it is handed in once more
                    String point = point(life - 1);
                    String run = server.deliver("truth", "delivery-" + life);
                    assertThat(server.awaitEnd(run)).as(point).isEqualTo("success");
                    runs.add(run);
                    tellTime(point, System.nanoTime() - ready);
                }
                if (life < lives) {
                    String delivery = "delivery-" + (life + 1);
                    killAt(point(life), server, () -> server.deliver("truth", delivery));
                } else {
                    // Runs of a pipeline are numbered one by one
                    assertThat(server.get("/api/v1/runs?limit=1").at("/items/0/number").asInt())
                            .isEqualTo(lives);
                }
            }
        }
        assertThat(truth.lines())
                .containsExactlyInAnyOrderElementsOf(Truth.expected(runs, Truth.NESTED));
    }

    /// Where that life is killed: points take turns, so that each is tried after each.
    private static String point(int life) {
        return POINTS.get((life + life / POINTS.size()) % POINTS.size());
    }

    private void tellTime(String point, long nanos) {
        System.out.printf(
                "%s, %s: the run was over %d ms after the next server was ready%n",
                getClass().getSimpleName(), point, nanos / 1_000_000);
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
