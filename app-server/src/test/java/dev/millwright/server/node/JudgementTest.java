package dev.millwright.server.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.placement.NodeOffer.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(1));

    private static NodeSign node(String name, Standing standing, long silentSeconds) {
        return new NodeSign(
                name,
                false,
                standing,
                NOW.minusSeconds(silentSeconds),
                UUID.nameUUIDFromBytes(name.getBytes(UTF_8)));
    }

    private static Judgement judge(NodeSign... nodes) {
        return Judgement.of(List.of(nodes), NOW, LONG_AGO, LONG_AGO, Map.of(), NodeLimits.DEFAULT);
    }

    /// @param silence of the node's connection with this server
    private static Judgement judgeHeard(NodeSign node, Duration silence) {
        return Judgement.of(
                List.of(node),
                NOW,
                LONG_AGO,
                LONG_AGO,
                Map.of(node.session().orElseThrow(), silence),
                NodeLimits.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "ONLINE,       9, ONLINE",
        "ONLINE,      11, SUSPECT",
        "ONLINE,      31, UNREACHABLE",
        "SUSPECT,      2, ONLINE",
        "SUSPECT,     15, SUSPECT",
        "SUSPECT,     31, UNREACHABLE",
        "UNREACHABLE, 31, UNREACHABLE",
        "UNREACHABLE, 15, UNREACHABLE",
        "UNREACHABLE,  2, ONLINE",
        "OFFLINE,    999, OFFLINE",
        "OFFLINE,      1, OFFLINE"
    })
    void silenceDecidesHowANodeStands(Standing before, long silence, Standing after) {
        Judgement judgement = judge(node("a", before, silence));

        if (before == after) {
            assertThat(judgement.changes()).isEmpty();
        } else {
            assertThat(judgement.changes())
                    .containsExactly(new Judgement.Change("a", before, after));
        }
    }

    @Test
    void stepsAreLostTenMinutesAfterTheLastSign() {
        NodeSign fine = node("c", Standing.ONLINE, 1);
        assertThat(judge(fine, node("a", Standing.UNREACHABLE, 599)).lost()).isEmpty();
        assertThat(judge(fine, node("a", Standing.UNREACHABLE, 601)).lost()).containsExactly("a");
    }

    @Test
    void stepsOfANodeThatWentDownInOrderAndDoesNotComeBackAreLostToo() {
        assertThat(judge(node("a", Standing.OFFLINE, 601)).lost()).containsExactly("a");
    }

    @Test
    void nothingIsLostWhileMoreThanHalfOfTheNodesAreGone() {
        Judgement judgement = judge(gone("a"), gone("b"), node("c", Standing.ONLINE, 1));

        assertThat(judgement.frozen()).isTrue();
        assertThat(judgement.lost()).isEmpty();
    }

    @Test
    void halfOfTheNodesIsNotMoreThanHalf() {
        Judgement judgement = judge(gone("a"), node("b", Standing.ONLINE, 1));

        assertThat(judgement.frozen()).isFalse();
        assertThat(judgement.lost()).containsExactly("a");
    }

    /// For so long that its steps are lost.
    private static NodeSign gone(String name) {
        return node(name, Standing.UNREACHABLE, 601);
    }

    @Test
    void nodesThatWentDownInOrderAreNotGoneAtOnce() {
        Judgement judgement =
                judge(
                        node("a", Standing.OFFLINE, 601),
                        node("b", Standing.OFFLINE, 601),
                        node("c", Standing.ONLINE, 1));

        assertThat(judgement.frozen()).isFalse();
    }

    @Test
    void whatNobodyWasThereToHearDoesNotCount() {
        List<NodeSign> nodes =
                List.of(node("a", Standing.ONLINE, 9_999), node("b", Standing.UNREACHABLE, 9_999));

        Judgement fresh =
                Judgement.of(
                        nodes, NOW, NOW.minusSeconds(1), LONG_AGO, Map.of(), NodeLimits.DEFAULT);

        assertThat(fresh.changes()).isEmpty();
        assertThat(fresh.lost()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // A node that this server hears is there, whatever the database says
        "SUSPECT, 9999,  0, ONLINE",
        // What is known of a connection counts more than an older stored moment
        "ONLINE,    55, 12, SUSPECT"
    })
    void whatThisServerHearsCountsMoreThanWhatIsStored(
            Standing before, long storedSilence, long heardSilence, Standing after) {
        NodeSign node = node("a", before, storedSilence);

        Judgement judgement = judgeHeard(node, Duration.ofSeconds(heardSilence));

        assertThat(judgement.changes()).containsExactly(new Judgement.Change("a", before, after));
    }

    @Test
    void whenMostNodesComeBackTheOthersGetTimeToo() {
        List<NodeSign> nodes =
                List.of(node("a", Standing.ONLINE, 1), node("b", Standing.UNREACHABLE, 9_999));

        assertThat(lost(nodes, NOW.minusSeconds(599))).isEmpty();
        assertThat(lost(nodes, NOW.minusSeconds(601))).containsExactly("b");
    }

    private static List<String> lost(List<NodeSign> nodes, Instant frozenUntil) {
        return Judgement.of(nodes, NOW, LONG_AGO, frozenUntil, Map.of(), NodeLimits.DEFAULT).lost();
    }
}
