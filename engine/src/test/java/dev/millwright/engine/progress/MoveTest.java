package dev.millwright.engine.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.run.StepPhase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MoveTest {
    /// One row for each phase, one column for each move, `-` where the move is not open.
    @ParameterizedTest(name = "from {0}")
    @CsvSource(
            useHeadersInDisplayName = true,
            delimiter = '|',
            textBlock =
                    """
                    FROM       | BEGIN   | QUEUE  | BLOCK   | ASSIGN  | DELAY   | STOP       | FINISH   | RESET
                    PENDING    | RUNNING | QUEUED | BLOCKED | -       | -       | -          | FINISHED | -
                    DELAYED    | RUNNING | QUEUED | -       | -       | -       | -          | FINISHED | -
                    QUEUED     | -       | QUEUED | -       | RUNNING | DELAYED | -          | FINISHED | -
                    BLOCKED    | -       | -      | -       | -       | -       | -          | FINISHED | -
                    RUNNING    | RUNNING | QUEUED | -       | -       | DELAYED | CANCELLING | FINISHED | -
                    CANCELLING | RUNNING | QUEUED | -       | -       | DELAYED | CANCELLING | FINISHED | -
                    FINISHED   | -       | -      | -       | -       | -       | -          | -        | PENDING
                    """)
    void everyCellOfTheTableIsAsWritten(
            StepPhase from,
            String begin,
            String queue,
            String block,
            String assign,
            String delay,
            String stop,
            String finish,
            String reset) {
        String[] row = {begin, queue, block, assign, delay, stop, finish, reset};
        for (Move move : Move.values()) {
            assertThat(move.from(from).map(Enum::name).orElse("-"))
                    .as("%s from %s", move, from)
                    .isEqualTo(row[move.ordinal()]);
        }
    }
}
