package dev.millwright.cli.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.api.run.Status;
import dev.millwright.cli.terminal.Symbols;
import dev.millwright.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureReportTest {
    @Test
    void eachFailedLeafShowsItsLastLinesAndWhereToSeeMore() {
        var out = new ByteArrayOutputStream();
        var snapshot =
                Steps.of(Status.FAILURE)
                        .add("0/0", "build", "sequence", Status.FAILURE, 10)
                        .leaf("0/0/0", "compile", Status.SUCCESS, 10)
                        .failed("0/0/1", "test", 10, 1)
                        .snapshot();

        FailureReport.print(
                Terminal.plain(out, out, Symbols.UNICODE),
                snapshot,
                _ -> List.of("expected 1", "but was 2"),
                step -> "millwright logs web#12/" + step.path());

        assertThat(out.toString(UTF_8))
                .isEqualTo(
                        """

                        ✖ build/test  0/0/1  exit 1
                          │ expected 1
                          │ but was 2
                          all of it: millwright logs web#12/0/0/1
                        """);
    }
}
