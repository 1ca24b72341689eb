package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.ApiException;
import dev.millwright.api.event.EventQuery;
import dev.millwright.api.event.EventView;
import dev.millwright.api.run.Status;
import dev.millwright.api.server.NodeView;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import dev.millwright.server.node.NodeDao;
import dev.millwright.server.node.NodeRow;
import dev.millwright.server.store.Tx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What administrators decide about nodes.
class NodeApiTest extends OwnServer {
    private NodeView local() {
        return server.client.nodes().items().getFirst();
    }

    @Test
    @Tag("R34")
    void aDrainedNodeEndsWhatItHasAndTakesNothingNew() throws Exception {
        Path gate = directory.resolve("gate");
        server.pipeline(
                "long",
                "steps: [{name: wait, commands: [\"while [ ! -e %s ]; do sleep 0.05; done\"]}]"
                        .formatted(gate));
        server.pipeline("quick", "steps: [{name: go, commands: [\"true\"]}]");
        RunId before = server.begin("long");
        server.awaitStep(before, StepPath.parse("0/0"), Status.RUNNING);

        assertThat(server.client.drain("local").state()).isEqualTo("draining");
        RunId after = server.begin("quick");

        await().untilAsserted(() ->
                assertThat(server.client.explain(after).steps())
                        .singleElement()
                        .satisfies(step ->
                                assertThat(step.nodes())
                                        .singleElement()
                                        .satisfies(node ->
                                                assertThat(node.reason()).contains("draining"))));
        Files.createFile(gate);
        assertThat(server.finish(before).status()).isEqualTo(Status.SUCCESS);
        assertThat(server.step(after, StepPath.parse("0/0")).status()).isEqualTo(Status.QUEUED);

        assertThat(server.client.resume("local").state()).isEqualTo("online");
        assertThat(server.finish(after).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void aNodeThatIsConnectedHereWasSeenWhenItWasHeardOf() {
        server.system.beat();
        forgetThatNodesWereSeen();
        Instant before = Instant.now();

        server.system.beat();

        assertThat(local().seenAt()).isAfter(before.minusSeconds(1));
    }

    private void forgetThatNodesWereSeen() {
        server.database.change(tx -> {
            try (var update = tx.connection().createStatement()) {
                update.executeUpdate("update nodes set seen_at = seen_at - interval '1' hour");
            } catch (SQLException impossible) {
                throw new AssertionError(impossible);
            }
        });
    }

    /// The other servers judge it as soon as it is known, while this one may take long to start.
    @Test
    void theNodeOfAServerLivesForTheOthersBeforeThisOneJudgesNodes() {
        forgetThatNodesWereSeen();
        Instant before = server.database.read(Tx::now);

        server.system.beat();

        NodeRow stored =
                server.database.read(tx -> tx.dao(NodeDao.class).find("local").orElseThrow());
        assertThat(stored.seenAt()).isAfterOrEqualTo(before);
    }

    /// The node has four slots; three stay in use all the time.
    @Test
    void aFreeSlotGoesToTheHighestPriority() throws Exception {
        String wait = "{commands: [\"while [ ! -e %s/%s ]; do sleep 0.05; done\"]}";
        server.pipeline(
                "long",
                "steps: [{parallel: [%s, %s, %s, %s]}]"
                        .formatted(
                                wait.formatted(directory, "first"),
                                wait.formatted(directory, "end"),
                                wait.formatted(directory, "end"),
                                wait.formatted(directory, "end")));
        server.pipeline("usual", "steps: [%s]".formatted(wait.formatted(directory, "end")));
        server.pipeline(
                "urgent",
                "{priority: 10, steps: [%s]}".formatted(wait.formatted(directory, "end")));
        RunId before = server.begin("long");
        for (int leaf = 0; leaf < 4; leaf++) {
            server.awaitStep(before, StepPath.parse("0/0/" + leaf), Status.RUNNING);
        }
        RunId usual = server.begin("usual");
        server.awaitStep(usual, StepPath.parse("0/0"), Status.QUEUED);
        RunId urgent = server.begin("urgent");
        server.awaitStep(urgent, StepPath.parse("0/0"), Status.QUEUED);

        Files.createFile(directory.resolve("first"));

        server.awaitStep(urgent, StepPath.parse("0/0"), Status.RUNNING);
        assertThat(server.step(usual, StepPath.parse("0/0")).status()).isEqualTo(Status.QUEUED);
        Files.createFile(directory.resolve("end"));
        assertThat(server.finish(usual).status()).isEqualTo(Status.SUCCESS);
        assertThat(server.finish(urgent).status()).isEqualTo(Status.SUCCESS);
        assertThat(server.finish(before).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void theDecisionStandsInTheJournalOnce() {
        server.client.drain("local");
        server.client.drain("local");

        assertThat(
                        server.client
                                .events(EventQuery.ALL.inNamespace("system").ofType("node.*"))
                                .items())
                .extracting(EventView::type, EventView::subject)
                .containsExactly(
                        tuple("node.online", "node/local"), tuple("node.draining", "node/local"));
        server.client.resume("local");
        assertThat(local().state()).isEqualTo("online");
    }

    @Test
    void aSlipInTheNameOfANodeIsToldWithTheNameThatWasMeant() {
        assertThatThrownBy(() -> server.client.drain("loacl"))
                .hasMessageContaining("there is no node 'loacl'")
                .hasMessageContaining("did you mean 'local'?");
    }

    @Test
    void aNodeThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> server.client.drain("nowhere"))
                .isInstanceOfSatisfying(
                        ApiException.class, refused -> assertThat(refused.status()).isEqualTo(404));
    }
}
