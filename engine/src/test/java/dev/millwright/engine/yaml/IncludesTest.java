package dev.millwright.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Files that a file includes.
class IncludesTest {
    @Test
    void refusesIncludesThatLeaveTheRepositoryOrIncludeThemselves() {
        Map<String, String> files =
                Map.of("a.yaml", "- include: ./a.yaml\n", "c.yaml", "- comands: x\n");
        String text =
                """
                steps:
                  - include: ../x
                  - include: a.yaml
                  - include: b.yaml
                  - include: c.yaml
                """;
        assertThat(
                        PipelineReader.create()
                                .lint(
                                        "ci.yaml",
                                        text,
                                        path -> Optional.ofNullable(files.get(path))))
                .extracting(Problem::line)
                .containsExactly(
                        "ci.yaml:2:14: 'include' has to be a path inside the repository, not"
                                + " '../x'",
                        "ci.yaml:4:14: there is no file 'b.yaml' to include; paths start at the"
                                + " repository's root",
                        "a.yaml:1:12: './a.yaml' includes itself",
                        "c.yaml:1:3: unknown key 'comands'; did you mean 'commands'?");
    }

    @Test
    void refusesIncludesThatGoTooDeepOrAreTooMany() {
        Includes deeper = path -> Optional.of("- include: %sx\n".formatted(path));
        Includes wider =
                path ->
                        Optional.of(
                                ("- include: %s0\n- include: %s1\n".formatted(path, path))
                                                .repeat(path.length() < 9 ? 1 : 0)
                                        + "- commands: a\n");
        assertThat(lint("steps: [{include: x}]", deeper))
                .singleElement()
                .asString()
                .contains("more than 10 files include one another");
        assertThat(lint("steps: [{include: x}]", wider))
                .first()
                .asString()
                .contains("more than 200 files are included");
    }

    private static List<String> lint(String text, Includes includes) {
        return PipelineReader.create().lint("ci.yaml", text, includes).stream()
                .map(Problem::line)
                .toList();
    }
}
