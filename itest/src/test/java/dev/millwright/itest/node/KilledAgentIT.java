package dev.millwright.itest.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.itest.system.AgentProcess;
import dev.millwright.itest.system.Running;
import dev.millwright.itest.system.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Agents, supervisors and servers that end when they should not, and come back.
@Isolated("its times are short, and what it starts needs the whole machine")
@Timeout(180)
class KilledAgentIT {
    private static final String ALL = "first line\nlast line\n";

    @TempDir static Path folder;
    private static Site site;

    @BeforeAll
    static void open() throws IOException {
        site = Site.open(folder, "a");
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @BeforeEach
    void heal() throws IOException {
        site.heal();
    }

    private final Path go = site.file();
    private final AgentProcess agent = site.agent("a");

    /// A run of one step that runs on the agent until [#go] is there.
    private UUID running() throws IOException {
        UUID run = site.begin(waiting());
        site.awaitTold(run, "one a");
        return run;
    }

    private String waiting() {
        return Site.waiting("{at: a}", "one", go, "");
    }

    private void assertRanOnce(UUID run) throws IOException {
        assertThat(site.awaitEnd(run)).isEqualTo("success");
        assertThat(site.told(run)).containsExactly("one a");
        assertThat(site.log(run, 0, "out")).isEqualTo(ALL);
    }

    /// R02 lies between the journal's entry and the start: on the same boot it is proven that no
    /// process of the step ever was, since none has claimed the attempt's folder.
    @Tag("R01")
    @Tag("R02")
    @ParameterizedTest
    @ValueSource(strings = {"K07", "R02", "K08"})
    void aStepRunsOnceWhereverItsAgentIsKilled(String point) throws IOException {
        UUID run = beginAndKillAt(point);
        Files.createFile(go);

        agent.start();

        assertRanOnce(run);
    }

    @Test
    @Tag("R02")
    void aStepOfWhichNobodyCanTellWhetherItBeganIsLostAndNotRunAgain() throws IOException {
        UUID run = beginAndKillAt("R02");
        // The proof does not hold when the machine went down, too
        forgetBoot(agent.root().resolve("boot"));
        forgetBoot(attempt().resolve("assignment.json"));
        Files.createFile(go);

        agent.start();

        assertThat(site.awaitEnd(run)).isEqualTo("error");
        assertThat(site.step(run, 0).at("/cause").asString()).isEqualTo("lost");
        assertThat(site.step(run, 0).at("/attempt").asInt()).isEqualTo(1);
        UUID next = site.begin(waiting());
        assertRanOnce(next);
        assertThat(site.told(run)).isEmpty();
    }

    /// A run whose agent dies at that point of its step's start.
    private UUID beginAndKillAt(String point) throws IOException {
        Files.writeString(agent.crash(), point);
        UUID run = site.begin(waiting());
        var _ = agent.awaitDeath();
        Files.delete(agent.crash());
        return run;
    }

    /// Let a file that the agent wrote look as if the machine had been started again since.
    private static void forgetBoot(Path file) throws IOException {
        String written = Files.readString(file);
        String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        assertThat(written).contains(boot);
        Files.writeString(file, written.replace(boot, UUID.randomUUID().toString()));
    }

    @Test
    @Tag("R03")
    void aRunningStepIsFoundAgainByTheNextLifeOfItsAgent() throws IOException {
        UUID run = running();

        agent.kill();
        site.awaitState("a", "unreachable");
        agent.start();
        site.awaitState("a", "online");
        Files.createFile(go);

        assertRanOnce(run);
        assertThat(site.step(run, 0).at("/attempt").asInt()).isEqualTo(1);
    }

    @Test
    @Tag("R03")
    void aStepThatEndedWhileItsAgentWasDeadIsReportedByTheNextLife() throws IOException {
        UUID run = running();
        Path work = work();

        agent.kill();
        Files.createFile(go);
        Site.eventually().until(() -> Files.exists(work.resolve("rc")));
        agent.start();

        assertRanOnce(run);
    }

    @Test
    @Tag("R33")
    void aStepGoesOnWhileItsAgentIsReplaced() throws IOException {
        UUID run = running();

        assertThat(agent.terminate()).isZero();
        site.awaitState("a", "offline");
        assertThat(site.step(run, 0).at("/status").asString()).isEqualTo("running");
        agent.start();
        site.awaitState("a", "online");
        Files.createFile(go);

        assertRanOnce(run);
    }

    @Test
    @Tag("R04")
    void aStepWhoseSupervisorIsKilledEndsSoonAndLeavesNobody() throws IOException {
        UUID run =
                site.begin(
                        """
                        - needs: {at: a}
                          commands:
                            - 'sleep 600 & echo "$MILLWRIGHT_RUN_ID $!" >> "$TRUTH"; wait'
                        """);
        Site.eventually().until(() -> site.told(run).size() == 1);
        long child = Long.parseLong(site.told(run).getFirst());
        assertThat(Running.is(child)).isTrue();

        String supervisor = Files.readAllLines(work().resolve("pid")).getFirst();
        ProcessHandle.of(Long.parseLong(supervisor)).orElseThrow().destroyForcibly();

        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> site.step(run, 0).at("/outcome").asString("").equals("error"));
        assertThat(site.awaitEnd(run)).isEqualTo("error");
        Site.eventually().until(() -> !Running.is(child));
        assertThat(site.told(run)).hasSize(1);
    }

    private Path work() throws IOException {
        return attempt().resolve("work");
    }

    /// The folder of the one attempt that the agent has.
    private Path attempt() throws IOException {
        try (Stream<Path> attempts = Files.list(agent.root().resolve("attempts"))) {
            List<Path> all = attempts.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    @Test
    @Tag("R31")
    void whatEndsWhileTheServerIsDeadIsReportedToItsNextLife() throws IOException {
        StringBuilder steps = new StringBuilder("- parallel:\n");
        for (String word : List.of("one", "two", "three", "four")) {
            steps.append(Site.waiting("{at: a}", word, go, "").indent(4));
        }
        UUID run = site.begin(steps.toString());
        Site.eventually().until(() -> site.told(run).size() == 4);
        Path journal = agent.root().resolve("attempts");

        site.server().kill();
        Files.createFile(go);
        Site.eventually().until(() -> ended(journal) == 4);
        site.startServer();

        assertThat(site.awaitEnd(run)).isEqualTo("success");
        assertThat(site.told(run)).containsExactlyInAnyOrder("one a", "two a", "three a", "four a");
        for (int step = 0; step < 4; step++) {
            assertThat(site.log(run, "0/0/" + step, "out")).isEqualTo(ALL);
        }
    }

    @Test
    void theNextLifeOfTheServerKnowsItsNodesBeforeTheyAreBack() throws IOException {
        site.agent("a").kill();
        site.server().kill();

        site.startServer();

        assertThat(site.nodes()).containsExactlyInAnyOrder("local", "a");
        assertThat(site.node("a").at("/labels/pool").asString()).isEqualTo("agents");
        assertThat(site.node("a").at("/facts/os").asString()).isNotEmpty();
        UUID run = site.begin(waiting());
        agent.start();
        Files.createFile(go);
        assertRanOnce(run);
    }

    private static long ended(Path journal) throws IOException {
        try (Stream<Path> attempts = Files.list(journal)) {
            return attempts.filter(attempt -> Files.exists(attempt.resolve("work/rc"))).count();
        }
    }
}
