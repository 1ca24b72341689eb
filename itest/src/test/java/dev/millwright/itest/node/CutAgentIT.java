package dev.millwright.itest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.itest.system.AgentProcess;
import dev.millwright.itest.system.Network;
import dev.millwright.itest.system.Running;
import dev.millwright.itest.system.Site;
import dev.millwright.itest.system.Timers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Agents whose network breaks for a while. Nobody is told of it: packets disappear.
@Isolated("its times are short, and what it starts needs the whole machine")
@Timeout(900)
class CutAgentIT {
    private static final String ALL = "first line\nlast line\n";

    @TempDir static Path folder;
    private static Site site;

    @BeforeAll
    static void open() throws IOException {
        assumeThat(Network.canCut()).as("networks that can be cut").isTrue();
        site = Site.open(folder, Timers.LOSING, List.of(), "a", "b", "c");
    }

    @AfterAll
    static void close() {
        if (site != null) {
            site.close();
        }
    }

    @BeforeEach
    void heal() throws IOException {
        site.heal();
        go = site.file();
    }

    private Path go = Path.of("");
    private final AgentProcess agent = site.agent("a");

    private UUID running(String needs, String more) throws IOException {
        UUID run = site.begin(Site.waiting(needs, "one", go, more));
        site.awaitTold(run, "one a");
        return run;
    }

    private void assertRanOnce(UUID run) throws IOException {
        assertThat(site.awaitEnd(run)).isEqualTo("success");
        assertThat(site.told(run)).containsExactly("one a");
        assertThat(site.step(run, 0).at("/attempt").asInt()).isEqualTo(1);
        assertThat(site.log(run, 0, "out")).isEqualTo(ALL);
    }

    @Test
    @Tag("R07")
    void aShortCutLosesNothing() throws IOException {
        UUID run = running("{at: a}", "");

        agent.host().unplug();
        Files.createFile(go);
        site.awaitState("a", "suspect");
        agent.host().mend();

        assertRanOnce(run);
        site.awaitState("a", "online");
    }

    enum Way {
        BOTH,
        TO_THE_AGENT,
        FROM_THE_AGENT
    }

    private void cut(Way way) {
        switch (way) {
            case BOTH -> agent.host().cut();
            case TO_THE_AGENT -> agent.host().deafen();
            case FROM_THE_AGENT -> agent.host().silence();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("R08")
    @Tag("R11")
    @Tag("R14")
    void aStepGoesOnWhileItsAgentIsUnreachable(Way way) throws IOException {
        UUID run = running("{at: a}", "");

        cut(way);
        site.awaitState("a", "unreachable");
        UUID later = site.begin(Site.telling("{pool: agents}", "later"));
        assertThat(site.awaitEnd(later)).isEqualTo("success");
        assertThat(site.step(run, 0).at("/status").asString()).isEqualTo("running");
        Files.createFile(go);
        agent.host().mend();

        assertRanOnce(run);
        site.awaitState("a", "online");
        assertThat(site.told(later)).hasSize(1).doesNotContain("later a");
    }

    /// A step that tells its node and its pid, and waits for the file of its node.
    private String endless(String needs, String more) {
        return """
        - needs: %s
          commands:
            - 'echo "$MILLWRIGHT_RUN_ID $MILLWRIGHT_NODE_NAME $$" >> "$TRUTH"'
            - 'while [ ! -e "%s-$MILLWRIGHT_NODE_NAME" ]; do sleep 0.05; done'
        %s\
        """
                .formatted(needs, go, more.indent(2));
    }

    private static boolean runs(String told) {
        return Running.is(Long.parseLong(told.split(" ")[1]));
    }

    @Test
    @Tag("R09")
    void whatIsLostRunsElsewhereIfItMayAndTheOldProcessesAreKilledOnReturn() throws IOException {
        site.drain("b");
        site.drain("c");
        UUID fails = site.begin(endless("{pool: agents}", ""));
        // Both have the same pipeline: one that had not begun would be what the next one makes of
        // it
        Site.eventually().until(() -> !site.told(fails).isEmpty());
        UUID again = site.begin(endless("{pool: agents}", "on-lost: retry"));
        Site.eventually().until(() -> !site.told(again).isEmpty());
        site.resume("b");
        String old = site.told(again).getFirst();
        assertThat(old).startsWith("a ");

        agent.host().cut();

        assertThat(site.awaitEnd(fails)).isEqualTo("error");
        assertThat(site.step(fails, 0).at("/cause").asString()).isEqualTo("lost");
        Site.eventually().until(() -> site.told(again).size() == 2);
        assertThat(site.told(again).getLast()).startsWith("b ");
        assertThat(runs(old)).as("nobody can reach it yet").isTrue();
        agent.host().mend();
        Site.eventually().until(() -> !runs(old) && !runs(site.told(fails).getFirst()));
        assertThat(site.step(again, 0).at("/status").asString()).isEqualTo("running");
        Files.createFile(Path.of(go + "-b"));
        assertThat(site.awaitEnd(again)).isEqualTo("success");
        assertThat(site.step(again, 0).at("/attempt").asInt()).isEqualTo(2);
        assertThat(site.told(again)).hasSize(2);
        assertThat(site.told(fails)).hasSize(1);
        Site.eventually().until(() -> isEmpty(agent.root().resolve("attempts")));
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    @Test
    @Tag("R53")
    void nothingIsGivenUpWhileMostNodesAreGone() throws IOException {
        StringBuilder steps = new StringBuilder("- parallel:\n");
        for (AgentProcess one : site.agents()) {
            steps.append(Site.waiting("{at: %s}".formatted(one.name()), "on", go, "").indent(4));
        }
        UUID run = site.begin(steps.toString());
        Site.eventually().until(() -> site.told(run).size() == 3);

        site.agents().forEach(one -> one.host().cut());

        Site.eventually().until(() -> site.events().contains("nodes.frozen "));
        Duration longEnough = Timers.LOSING.lost().plus(Timers.LOSING.suspect());
        await().during(longEnough).atMost(longEnough.multipliedBy(3)).until(() -> isRunning(run));
        site.agents().forEach(one -> one.host().mend());
        Files.createFile(go);
        assertThat(site.awaitEnd(run)).isEqualTo("success");
        assertThat(site.told(run)).containsExactlyInAnyOrder("on a", "on b", "on c");
        Site.eventually().until(() -> site.events().contains("nodes.thawed "));
    }

    private static boolean isRunning(UUID run) throws IOException {
        return site.server()
                .get("/api/v1/runs/" + run)
                .at("/run/status")
                .asString("")
                .equals("running");
    }

    @Test
    @Tag("R13")
    void everyRunEndsThoughEachFifthPacketIsLost() throws IOException {
        site.agents().forEach(one -> one.host().lose(0.2));
        int size = Boolean.getBoolean("millwright.long") ? 200 : 5;
        for (int i = 0; i < size; i++) {
            UUID run = site.begin(Site.telling("{at: a}", "one") + Site.telling("{at: b}", "two"));
            assertThat(site.awaitEnd(run)).isEqualTo("success");
            assertThat(site.told(run)).containsExactly("one a", "two b");
        }
    }

    @Test
    @Tag("R47")
    void aStepIsKilledAtItsDeadlineThoughItsAgentIsCutOff() throws IOException {
        UUID run =
                site.begin(
                        """
                        - needs: {at: a}
                          timeout: 3s
                          commands:
                            - 'echo "$MILLWRIGHT_RUN_ID $$" >> "$TRUTH"; exec sleep 600'
                        """);
        Site.eventually().until(() -> site.told(run).size() == 1);
        long step = Long.parseLong(site.told(run).getFirst());

        agent.host().cut();

        await().atMost(Duration.ofSeconds(20)).until(() -> !Running.is(step));
        assertThat(site.step(run, 0).at("/outcome").asString("")).isEmpty();
        agent.host().mend();
        assertThat(site.awaitEnd(run)).isEqualTo("timeout");
        assertThat(site.told(run)).hasSize(1);
    }
}
