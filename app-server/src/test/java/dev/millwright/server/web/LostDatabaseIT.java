package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.run.RunQuery;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.PostgresServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What callers are told while the database is away.
@Tag("R15")
@Timeout(120)
class LostDatabaseIT {
    @TempDir Path directory;

    @Test
    void callersAreToldToTryAgainAndAreServedOnceTheDatabaseIsBack() throws Exception {
        try (PostgresServer postgres = PostgresServer.create();
                ApiServer server =
                        new ApiServer(directory, Database.open(postgres.newSettings()))) {
            server.pipeline(
                    "web", "webhook: {open: true}\nsteps: [{name: a, commands: [\"true\"]}]");
            postgres.stop("immediate");
            HttpResponse<String> list = server.get("/api/v1/runs");
            HttpResponse<String> hook =
                    server.http.send(
                            HttpRequest.newBuilder(server.address("/webhook?pipeline=web"))
                                    .POST(BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(list.statusCode()).as(list.body()).isEqualTo(503);
            assertThat(hook.statusCode()).as(hook.body()).isEqualTo(503);
            assertThat(hook.headers().firstValue("Retry-After")).isPresent();
            assertThat(server.client.health().status()).isEqualTo("ok");
            assertThat(server.client.ready().ready()).isFalse();
            postgres.start();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(server.client.ready().ready()).isTrue());
            assertThat(server.client.runs(RunQuery.ALL).items()).isEmpty();
        }
    }
}
