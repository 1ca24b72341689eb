package dev.millwright.itest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.millwright.itest.system.AgentProcess;
import dev.millwright.itest.system.Network;
import dev.millwright.itest.system.Running;
import dev.millwright.itest.system.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Agents that work while nothing goes wrong.
@Isolated("its times are short, and what it starts needs the whole machine")
@Timeout(180)
class AgentsIT {
    @TempDir static Path folder;
    private static Site site;

    @BeforeAll
    static void open() throws IOException {
        site = Site.open(folder, "a", "b", "c");
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @BeforeEach
    void heal() throws IOException {
        site.heal();
    }

    @Test
    void stepsGoWhereTheirLabelsSayAndElseToWhoeverHasLeastToDo() throws IOException {
        Path go = site.file();
        StringBuilder steps = new StringBuilder("- parallel:\n");
        for (int i = 0; i < 6; i++) {
            steps.append(Site.waiting("{pool: agents}", "any" + i, go, "").indent(4));
        }
        for (AgentProcess agent : site.agents()) {
            steps.append(
                    Site.telling("{at: " + agent.name() + "}", "at-" + agent.name()).indent(4));
        }

        UUID run = site.begin(steps.toString());

        Site.eventually().until(() -> site.told(run).size() == 9);
        Files.createFile(go);
        assertThat(site.awaitEnd(run)).isEqualTo("success");
        List<String> told = site.told(run);
        assertThat(told).contains("at-a a", "at-b b", "at-c c");
        for (AgentProcess agent : site.agents()) {
            assertThat(told)
                    .filteredOn(line -> line.matches("any[0-9] " + agent.name()))
                    .as("spread over all agents")
                    .hasSizeBetween(1, 3);
        }
        assertThat(told.stream().map(line -> line.split(" ")[0])).doesNotHaveDuplicates();
    }

    @Test
    void theLogOfAnAgentsStepArrivesByteForByte() throws Exception {
        int lines = 60_000;
        UUID run =
                site.begin(
                        """
                        - needs: {at: a}
                          commands:
                            - 'seq -f "out %%.0f with some words" 1 %1$d & seq -f "err %%.0f" 1 %1$d >&2; wait'
                        """
                                .formatted(lines));

        assertThat(site.awaitEnd(run)).isEqualTo("success");
        assertSame(site.log(run, 0, "out"), lines("out %d with some words", lines));
        assertSame(site.log(run, 0, "err"), lines("err %d", lines));
    }

    @Test
    @Tag("R34")
    void aDrainedAgentEndsWhatItHasAndGetsNothingNew() throws IOException {
        Path go = site.file();
        String running =
                Site.waiting("{at: a}", "one", go, "").indent(4)
                        + Site.waiting("{at: a}", "two", go, "").indent(4)
                        + Site.waiting("{at: a}", "three", go, "").indent(4);
        UUID before = site.begin("- parallel:\n" + running);
        Site.eventually().until(() -> site.told(before).size() == 3);

        site.drain("a");
        UUID after = site.begin(Site.telling("{at: a}", "new"));
        UUID elsewhere = site.begin(Site.telling("{pool: agents}", "else"));

        assertThat(site.awaitEnd(elsewhere)).isEqualTo("success");
        Files.createFile(go);
        assertThat(site.awaitEnd(before)).isEqualTo("success");
        assertThat(site.told(before)).hasSize(3);
        // Neither a slot that was free nor those that came back were given to it
        assertThat(site.told(after)).isEmpty();
        assertThat(site.told(elsewhere)).hasSize(1).doesNotContain("else a");
        site.resume("a");
        assertThat(site.awaitEnd(after)).isEqualTo("success");
        assertThat(site.told(after)).containsExactly("new a");
    }

    @Test
    @Tag("S26")
    void anAgentOpensNoPort() {
        assumeThat(Network.canCut()).as("namespaces").isTrue();
        for (AgentProcess agent : site.agents()) {
            assertThat(agent.host().listening()).as("ports of %s", agent.name()).isEmpty();
        }
    }

    @Test
    @Tag("S24")
    void aRemovedAgentIsCutAtOnceAndEndsItsStepsAndSaysWhy() throws IOException {
        AgentProcess extra = site.joinLater("extra");
        UUID run =
                site.begin(
                        """
                        - needs: {at: extra}
                          on-lost: retry
                          commands: ['echo "$MILLWRIGHT_RUN_ID $$" >> "$TRUTH"; exec sleep 600']
                        """);
        Site.eventually().until(() -> site.told(run).size() == 1);
        long step = Long.parseLong(site.told(run).getFirst());

        long asked = System.nanoTime();
        site.server().send("DELETE", "/api/v1/nodes/extra", "", Map.of());
        int code = extra.awaitDeath();

        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
        assertThat(code).isNotZero();
        assertThat(extra.log()).contains("this node may not work any more");
        assertThat(site.node("extra").isMissingNode()).isTrue();
        assertThat(Running.is(step)).as("what it ran, which others may do now").isFalse();
        assertThat(site.told(run)).hasSize(1);
        site.server().cancel(run.toString());
        assertThat(site.awaitEnd(run)).isEqualTo("cancelled");
    }

    @Test
    @Tag("S24")
    void anAgentThatWasDownWhenItsNodeWasRemovedEndsWhatItLeftRunningAndComesNoMore()
            throws IOException {
        AgentProcess extra = site.joinLater("away");
        UUID run =
                site.begin(
                        """
                        - needs: {at: away}
                          commands: ['echo "$MILLWRIGHT_RUN_ID $$" >> "$TRUTH"; exec sleep 600']
                        """);
        Site.eventually().until(() -> site.told(run).size() == 1);
        long step = Long.parseLong(site.told(run).getFirst());
        extra.kill();
        assertThat(Running.is(step)).as("what it ran goes on").isTrue();

        site.server().send("DELETE", "/api/v1/nodes/away", "", Map.of());
        extra.start();

        assertThat(extra.awaitDeath()).isEqualTo(4);
        assertThat(extra.log()).contains("this node may not work any more");
        assertThat(Running.is(step)).as("what it ran").isFalse();
        assertThat(site.awaitEnd(run)).isEqualTo("error");
    }

    @Test
    @Tag("S23")
    void aCopyOfAnAgentRunsNothingAgainAndPutsTheNodeIntoQuarantine() throws IOException {
        AgentProcess original = site.joinLater("copied");
        UUID run =
                site.begin(
                        """
                        - needs: {at: copied}
                          commands: ['echo "$MILLWRIGHT_RUN_ID $$" >> "$TRUTH"; exec sleep 600']
                        """);
        Site.eventually().until(() -> site.told(run).size() == 1);
        long step = Long.parseLong(site.told(run).getFirst());
        try (AgentProcess copy = emptied(original.copy(folder.resolve("copy")))) {
            copy.start();
            assertThat(copy.awaitDeath()).isNotZero();
            assertThat(copy.log()).contains("is the copy of a node's folder");
            assertThat(original.isAlive()).isTrue();

            // As the image of a whole machine, where it is the same in all
            Files.delete(copy.root().resolve("place"));
            copy.start();
            site.awaitState("copied", "quarantined");

            assertThat(original.awaitDeath()).isNotZero();
            assertThat(copy.awaitDeath()).isNotZero();
        }
        assertThat(site.events()).contains("node.quarantined copied");
        assertThat(site.awaitEnd(run)).isEqualTo("error");
        assertThat(site.told(run)).as("it began once").hasSize(1);
        Site.eventually().until(() -> !Running.is(step));
        site.server().send("DELETE", "/api/v1/nodes/copied", "", Map.of());
    }

    /// As if the copy had been made before there was any work.
    private static AgentProcess emptied(AgentProcess copy) throws IOException {
        try (Stream<Path> files = Files.walk(copy.root().resolve("attempts"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        return copy;
    }

    @Test
    void anAgentThatConnectsAnewUpdatesItsOneRecord() throws IOException {
        AgentProcess agent = site.agent("b");
        List<String> nodes = site.nodes();
        Path script = Files.createDirectories(agent.root().resolve("facts.d")).resolve("color");
        for (String color : List.of("red", "green")) {
            Files.writeString(script, "#!/bin/sh\necho color=%s\n".formatted(color));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));

            var _ = agent.terminate();
            agent.start();

            site.awaitNode(() -> site.node("b").at("/facts/color").asString("none").equals(color));
            assertThat(site.nodes()).containsExactlyInAnyOrderElementsOf(nodes);
        }
    }

    @Test
    void aMachineThatWasRemovedAndJoinsAgainHasOneRecord() throws IOException {
        List<String> nodes = site.nodes();
        AgentProcess first = site.joinLater("twice");
        site.server().send("DELETE", "/api/v1/nodes/twice", "", Map.of());
        assertThat(first.awaitDeath()).isEqualTo(4);
        deleteTree(first.root().resolve("identity"));

        try (AgentProcess second = site.joinLater("twice")) {
            assertThat(second.root()).isEqualTo(first.root());
            assertThat(site.nodes())
                    .filteredOn(name -> !nodes.contains(name))
                    .containsExactly("twice");
            UUID run = site.begin(Site.telling("{at: twice}", "again"));
            assertThat(site.awaitEnd(run)).isEqualTo("success");
            assertThat(site.told(run)).containsExactly("again twice");
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /// Without printing all of it.
    private static void assertSame(String log, String wanted) {
        int at = Arrays.mismatch(log.toCharArray(), wanted.toCharArray());
        assertThat(at)
                .as("first difference, of %d and %d characters", log.length(), wanted.length())
                .isEqualTo(-1);
    }

    private static String lines(String form, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(form::formatted)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
