package dev.millwright.node.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.engine.progress.Action;
import dev.millwright.link.v1.Assign;
import dev.millwright.link.v1.Ended;
import dev.millwright.link.v1.Settled;
import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogPosition;
import dev.millwright.model.plan.OutputSource;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.Known;
import dev.millwright.node.RepositoryLogin;
import dev.millwright.node.Settlement;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.plugin.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WireTest {
    private static final AttemptId ATTEMPT = new AttemptId(UUID.randomUUID());
    private static final RunId RUN = new RunId(UUID.randomUUID());
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123456Z");

    @Test
    void anAssignmentComesThroughWhole() {
        Assignment full =
                Assignment.builder(
                                ATTEMPT,
                                7,
                                RUN,
                                new StepPath("0/2/1"),
                                "process",
                                new Parameters(
                                        Map.of("script", "make", "n", 5L, "list", List.of("a"))))
                        .environment(Map.of("A", "b=c\n"))
                        .directory("sub")
                        .workspace(
                                new WorkspaceRequest(
                                        "https://forge/x.git",
                                        "c0ffee",
                                        "refs/heads/main",
                                        new Source.Checkout(1, true, true),
                                        new RepositoryLogin(
                                                "0f".repeat(16),
                                                "ci",
                                                Secret.of("word"),
                                                Secret.of("key"),
                                                List.of("a", "b"),
                                                false)))
                        .timeout(Duration.ofSeconds(90))
                        .grace(Duration.ofMillis(1500))
                        .logLimit(123)
                        .outputs(
                                List.of(
                                        new OutputSource("v", "version", null),
                                        new OutputSource("w", "file", "x=(.*)")))
                        .changedFiles(List.of("a b", "ä"))
                        .build();
        assertThat(Wire.assignment(Wire.assign(full))).isEqualTo(full);
    }

    @Test
    void anAssignmentWithNothingOptionalComesThrough() {
        Assignment bare =
                Assignment.builder(ATTEMPT, 1, RUN, StepPath.ROOT, "process", Parameters.NONE)
                        .build();
        assertThat(Wire.assignment(Wire.assign(bare))).isEqualTo(bare);
    }

    @Test
    void aLogChunkComesThroughWhole() {
        LogChunk chunk = new LogChunk(3, 10, 2, 100, 20, 7, 1, AT, "bytes".getBytes(UTF_8));

        LogChunk back = Wire.chunk(Wire.log(ATTEMPT, 7, chunk));

        assertThat(back).usingRecursiveComparison().isEqualTo(chunk);
    }

    @Test
    void anEndComesThroughWithAndWithoutAnExitCode() {
        AttemptEnd end =
                new AttemptEnd(
                        Outcome.FAILURE,
                        "exit",
                        "it ended with 3",
                        3,
                        Map.of("k", "v"),
                        AT,
                        AT,
                        5,
                        6,
                        7);
        AttemptEnd without =
                new AttemptEnd(Outcome.ERROR, "start", "no shell", null, Map.of(), AT, AT, 0, 0, 0);

        assertThat(Wire.end(Wire.ended(ATTEMPT, 1, end))).isEqualTo(end);
        assertThat(Wire.end(Wire.ended(ATTEMPT, 1, without))).isEqualTo(without);
    }

    @ParameterizedTest
    @EnumSource
    void aKnownAttemptComesThrough(Known.State state) {
        Known known = new Known(ATTEMPT, 9, RUN, new StepPath("0/1"), state);
        assertThat(Wire.known(Wire.known(known))).isEqualTo(known);
    }

    @Test
    void settlementsComeThrough() {
        for (Settlement settlement :
                List.of(
                        new Settlement.Continue(new LogPosition(1, 2, 3, 4)),
                        new Settlement.Forget(),
                        new Settlement.Fenced())) {
            assertThat(Wire.settlement(Wire.settled(ATTEMPT, settlement))).isEqualTo(settlement);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReasonToStopComesThrough(Action.Reason reason) {
        assertThat(Wire.reason(Wire.stop(ATTEMPT, reason, Duration.ZERO))).isEqualTo(reason);
    }

    @Test
    void whatMakesNoSenseIsRefusedWithWords() {
        assertThatThrownBy(() -> Wire.assignment(Assign.getDefaultInstance()))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("assignment");
        assertThatThrownBy(() -> Wire.end(Ended.newBuilder().setOutcome("marvellous").build()))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("marvellous");
        assertThatThrownBy(() -> Wire.settlement(Settled.getDefaultInstance()))
                .isInstanceOf(LinkException.class);
    }
}
