package dev.millwright.cli.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.api.run.ResultView;
import dev.millwright.api.run.Status;
import dev.millwright.cli.terminal.Line;
import dev.millwright.cli.terminal.Symbols;
import dev.millwright.model.plan.StepPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ResultTreeTest {
    private static ResultView result(String id, String parent, String status) {
        return new ResultView(
                id,
                parent,
                "t",
                "result " + id,
                "internal",
                status,
                status.equals("error") ? "expected 1,\u001bwas 2\n  at test" : "",
                Instant.EPOCH,
                Instant.EPOCH,
                1_500_000_000L,
                "",
                "",
                Map.of(),
                List.of());
    }

    private static String draw(List<ResultView> results, int inStep) {
        Snapshot snapshot =
                Steps.of(Status.FAILURE)
                        .results(inStep)
                        .leaf("0/0", "build", Status.SUCCESS, 400)
                        .leaf("0/1", "ship", Status.SUCCESS, 400)
                        .snapshot();
        return new TreeRenderer(Symbols.UNICODE)
                .whole(snapshot.with(Map.of(StepPath.parse("0/0"), results))).stream()
                        .map(Line::toString)
                        .collect(Collectors.joining("\n"));
    }

    @Test
    void resultsStandInTheirStepAndInEachOther() {
        assertThat(
                        draw(
                                List.of(
                                        result("a", "", "ok"),
                                        result("b", "a", "error"),
                                        result("c", "never came", "unset")),
                                3))
                .isEqualTo(
                        """
                        ├─ ✔ build              0.4s
                        │  ├─ ✔ result a        1.5s
                        │  │  └─ ✖ result b     1.5s  expected 1, was 2
                        │  └─ ✔ result c        1.5s
                        └─ ✔ ship               0.4s\
                        """);
    }

    @Test
    void whatIsNotShownIsCounted() {
        assertThat(draw(List.of(), 1)).contains("build (1 result inside)");
        assertThat(draw(List.of(result("a", "", "ok")), 9))
                .contains("build (8 more results inside)");
    }

    @Test
    void resultsThatAreInEachOtherAndVeryDeepOnesAllShowOnce() {
        List<ResultView> all = new ArrayList<>();
        all.add(result("x", "y", "ok"));
        all.add(result("y", "x", "ok"));
        all.add(result("0", "", "ok"));
        for (int i = 1; i < 120; i++) {
            all.add(result(Integer.toString(i), Integer.toString(i - 1), "ok"));
        }
        String drawn = draw(all, all.size());
        assertThat(drawn.lines().filter(line -> line.contains("result"))).hasSize(all.size());
    }
}
