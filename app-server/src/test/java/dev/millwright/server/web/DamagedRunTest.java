package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.api.run.Status;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import dev.millwright.server.store.Database;
import org.junit.jupiter.api.Test;

/// One run that cannot be carried on is no reason for all others to stand still.
class DamagedRunTest extends OwnServer {
    @Test
    void doesNotKeepTheServerFromStarting() throws Exception {
        server.pipeline("held", "steps: [{name: ask, approve: {}}]");
        server.pipeline("next", "steps: [{name: ok, commands: ['true']}]");
        RunId held = server.begin("held");
        server.awaitStep(held, StepPath.parse("0/0"), Status.BLOCKED);
        server.close();
        try (Database database = database()) {
            int damaged =
                    database.write(tx ->
                            tx.handle()
                                    .execute(
                                            "update runs set plan = ? where id = ?",
                                            new byte[] {1},
                                            held.value()));
            assertThat(damaged).isOne();
            // The fixture's next server makes its key itself
            database.change(tx -> tx.handle().execute("delete from access_keys"));
        }

        open(directory);

        assertThat(server.finish(server.begin("next")).status()).isEqualTo(Status.SUCCESS);
    }
}
