package dev.millwright.itest.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.itest.system.ServerProcess;
import dev.millwright.itest.system.Truth;
import dev.millwright.server.store.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Hands in the queue's own tables: they carry wake-ups only, so nothing may depend on them.
class QueueLossIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int STEPS = 3;
    private static final int RUNS = 10;

    @TempDir Path folder;
    private ServerProcess server;
    private Connection database;

    @BeforeEach
    void start() throws IOException, SQLException {
        Map<String, String> settings = ServerProcess.on(PostgresServer.shared());
        server = ServerProcess.start(folder, settings);
        server.apply(Truth.in(folder).pipeline(STEPS, 0.1));
        database =
                DriverManager.getConnection(
                        settings.get("MILLWRIGHT_DATABASE_URL"),
                        settings.get("MILLWRIGHT_DATABASE_USER"),
                        "");
    }

    @AfterEach
    void stop() throws SQLException {
        database.close();
        server.close();
    }

    private List<String> deliver() throws IOException {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(server.deliver("truth", "delivery-" + i));
        }
        return runs;
    }

    @Test
    @Tag("R49")
    void everyRunEndsThoughItsJobsAreDeletedByHand() throws IOException {
        int[] deleted = {0};
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(server.deliver("truth", "delivery-" + i));
            deleted[0] += execute("delete from queue.jobrunr_jobs");
        }

        assertThat(deleted[0]).as("jobs deleted").isPositive();
        for (String run : runs) {
            assertThat(server.awaitEnd(run)).isEqualTo("success");
        }
        assertThat(Truth.in(folder).lines())
                .containsExactlyInAnyOrderElementsOf(Truth.expected(runs, STEPS));
    }

    @Test
    @Tag("R50")
    void jobsThatArePutBackChangeNothing() throws IOException, SQLException {
        List<String> runs = deliver();
        for (String run : runs) {
            assertThat(server.awaitEnd(run)).isEqualTo("success");
        }
        JsonNode before = server.get("/api/v1/runs").at("/items");

        int putBack = putBackAll();

        assertThat(putBack).isGreaterThanOrEqualTo(RUNS);
        await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == 0);
        assertThat(server.get("/api/v1/runs").at("/items")).isEqualTo(before);
        assertThat(Truth.in(folder).lines())
                .containsExactlyInAnyOrderElementsOf(Truth.expected(runs, STEPS));
    }

    private int execute(String change) {
        try (var statement = database.createStatement()) {
            return statement.executeUpdate(change);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private int waiting() throws SQLException {
        try (var statement = database.createStatement();
                var rows =
                        statement.executeQuery(
                                "select count(*) from queue.jobrunr_jobs where state in"
                                        + " ('ENQUEUED', 'PROCESSING')")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /// As somebody would do who thinks that the queue is where the work is.
    private int putBackAll() throws SQLException {
        int count = 0;
        try (var query = database.createStatement();
                var change =
                        database.prepareStatement(
                                "update queue.jobrunr_jobs set state = 'ENQUEUED', jobAsJson = ?,"
                                        + " version = version + 1 where id = ?");
                var rows =
                        query.executeQuery(
                                "select id, jobAsJson from queue.jobrunr_jobs where state ="
                                        + " 'SUCCEEDED'")) {
            while (rows.next()) {
                ObjectNode job = (ObjectNode) JSON.readTree(rows.getString("jobAsJson"));
                job.put("version", job.get("version").asInt() + 1);
                ArrayNode history = (ArrayNode) job.get("jobHistory");
                // Its first state was the same: enqueued
                history.add(history.get(0).deepCopy());
                change.setString(1, job.toString());
                change.setObject(2, rows.getObject("id"));
                count += change.executeUpdate();
            }
        }
        return count;
    }
}
