package dev.millwright.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.docker.engine.LogEngine.Piece;
import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.runner.WorkOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An engine may forget the last lines for who follows: Docker 20.10 does, now and then.
final class LogCopyTest {
    @TempDir Path home;

    @Test
    void theLastLinesOfAShortLogThatWereNotToldAreReadAgain() throws Exception {
        List<Piece> log = numbered(40);
        assertThat(copied(log, 25)).containsExactly("follow", "tail", "all");
        holds(log);
    }

    @Test
    void aLogOfWhichNothingWasToldIsReadAgain() throws Exception {
        List<Piece> log = numbered(3);
        assertThat(copied(log, 0)).containsExactly("follow", "tail", "all");
        holds(log);
    }

    @Test
    void theLastLinesOfALongLogThatWereNotToldAreReadAgain() throws Exception {
        List<Piece> log = numbered(5_000);
        assertThat(copied(log, 4_999)).containsExactly("follow", "tail", "all");
        holds(log);
    }

    @Test
    void aLongLogThatEndsWithTheSameTwoLinesAgainAndAgainIsReadAgain() throws Exception {
        List<Piece> log =
                IntStream.range(0, 3_000).mapToObj(i -> new Piece(1 + i % 2, ".\n")).toList();
        assertThat(copied(log, 2_998)).containsExactly("follow", "tail", "all");
        holds(log);
    }

    @Test
    void whatWasToldIsNotReadTwice() throws Exception {
        List<Piece> brief = numbered(FrameTail.FRAMES - 1);
        assertThat(copied(brief, brief.size())).containsExactly("follow", "tail");
        holds(brief);
    }

    @Test
    void aLongLogThatWasToldIsNotReadTwice() throws Exception {
        List<Piece> log = numbered(20_000);
        assertThat(copied(log, log.size())).containsExactly("follow", "tail");
        holds(log);
    }

    @Test
    void aRestThatComesSlowlyIsAwaited() throws Exception {
        List<Piece> log = numbered(6);
        try (LogEngine stand = new LogEngine(log, log.size(), Duration.ofMillis(500));
                Engine engine = stand.engine()) {
            assertThat(LogCopy.toTheEnd(engine, "c", order(), Duration.ofSeconds(2))).isTrue();
            assertThat(stand.asked()).containsExactly("follow", "tail");
        }
        holds(log);
    }

    private static List<Piece> numbered(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new Piece(i % 3 == 0 ? 2 : 1, "line " + i + "\n"))
                .toList();
    }

    /// How the engine was asked.
    private List<String> copied(List<Piece> log, int told) throws Exception {
        try (LogEngine stand = new LogEngine(log, told, Duration.ZERO);
                Engine engine = stand.engine()) {
            assertThat(LogCopy.toTheEnd(engine, "c", order())).isTrue();
            return stand.asked();
        }
    }

    private void holds(List<Piece> log) throws Exception {
        assertThat(Files.readString(order().outFile())).isEqualTo(text(log, 1));
        assertThat(Files.readString(order().errFile())).isEqualTo(text(log, 2));
    }

    private static String text(List<Piece> log, int stream) {
        return log.stream()
                .filter(piece -> piece.stream() == stream)
                .map(Piece::text)
                .collect(Collectors.joining());
    }

    private WorkOrder order() {
        return new WorkOrder(
                new AttemptId(UUID.randomUUID()),
                home,
                home,
                home,
                Map.of(),
                new Parameters(Map.of()));
    }
}
