package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.run.Status;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.server.node.FakeLine;
import dev.millwright.server.node.NodeHello;
import dev.millwright.server.node.NodeProfile;
import dev.millwright.server.store.StoreException;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Steps of one run that end while the end of another one is being stored.
@Timeout(60)
class ManyEndsTest {
    private static final NodeName FAR = new NodeName("far");
    private static final int STEPS = 40;

    @TempDir Path directory;
    private final FakeLine line = new FakeLine();
    private ApiServer server;
    private RunId run;

    @BeforeEach
    void start() {
        server = new ApiServer(directory, TestDatabases.embedded(directory.resolve("data")));
        server.pipeline(
                "far",
                """
                steps:
                  - matrix: {n: [%s]}
                    needs: {zone: far}
                    commands: [make]
                """
                        .formatted(numbers()));
        NodeProfile profile =
                new NodeProfile(
                        "0.1.0",
                        "boot",
                        "life",
                        Map.of("zone", "far"),
                        Map.of(),
                        Set.of("process"),
                        STEPS);
        server.nodeHost()
                .arrived(
                        FAR,
                        new NodeHello(1, profile, List.of(), false, List.of(), Set.of()),
                        line);
        server.nodeHost().ready(FAR, line);
        run = server.begin("far");
        await().until(() -> line.started.size() == STEPS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String numbers() {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            numbers.add("'" + i + "'");
        }
        return String.join(", ", numbers);
    }

    private static AttemptEnd success(String cause) {
        Instant now = Instant.now();
        return new AttemptEnd(Outcome.SUCCESS, cause, "", 0, Map.of(), now, now, 0, 0, 0);
    }

    private void end(Assignment assignment, String cause) {
        server.nodeHost().ended(FAR, assignment.attempt(), assignment.fence(), success(cause));
    }

    /// How many decisions were stored about the run.
    private long revision() {
        return server.database.read(tx ->
                tx.handle()
                        .createQuery("select revision from runs where id = :id")
                        .bind("id", run.value())
                        .mapTo(Long.class)
                        .one());
    }

    /// End all steps while somebody else holds the run's row, so that they come together.
    ///
    /// @param cause of the last step's end; of the others it is empty
    /// @return what was thrown
    private Collection<StoreException> endAll(String cause) {
        Collection<StoreException> refused = new ConcurrentLinkedQueue<>();
        List<Thread> nodes = new ArrayList<>();
        server.database.change(tx -> {
            tx.handle()
                    .createUpdate("update runs set revision = revision where id = :id")
                    .bind("id", run.value())
                    .execute();
            for (Assignment assignment : line.started) {
                boolean last = nodes.size() == STEPS - 1;
                if (last) {
                    await().until(() -> nodes.stream().allMatch(ManyEndsTest::waits));
                }
                String own = last ? cause : "";
                nodes.add(
                        Thread.ofPlatform()
                                .start(() -> {
                                    try {
                                        end(assignment, own);
                                    } catch (StoreException failed) {
                                        refused.add(failed);
                                    }
                                }));
            }
            await().until(() -> nodes.stream().allMatch(ManyEndsTest::waits));
        });
        await().until(() -> nodes.stream().noneMatch(Thread::isAlive));
        return refused;
    }

    private static boolean waits(Thread thread) {
        return Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.BLOCKED)
                .contains(thread.getState());
    }

    @Test
    void areStoredTogether() {
        long before = revision();

        assertThat(endAll("")).isEmpty();

        assertThat(server.finish(run).status()).isEqualTo(Status.SUCCESS);
        // One for the first, one for all that came meanwhile; a late one or two do no harm
        assertThat(revision() - before).isLessThan(STEPS / 4);
    }

    @Test
    void areStoredAlthoughOneOfThemCannotBe() {
        assertThat(endAll("x".repeat(1000))).hasSize(1);

        Assignment wrong = line.started.getLast();
        await().until(() -> server.step(run, wrong.path()).status() == Status.RUNNING);
        end(wrong, "");
        assertThat(server.finish(run).status()).isEqualTo(Status.SUCCESS);
    }
}
