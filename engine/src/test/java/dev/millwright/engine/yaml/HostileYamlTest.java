package dev.millwright.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.Pipelines;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Files that are made to hurt the reader.
@Tag("S31")
class HostileYamlTest {
    @Test
    void refusesMoreBytesThanAreAllowed() {
        assertThat(Pipelines.problems("# " + "x\n# ".repeat(100_000)))
                .singleElement()
                .asString()
                .contains("more than the 262,144 that are allowed");
    }

    @Test
    void refusesAHugeLine() {
        assertThat(Pipelines.problems("a: " + "x".repeat(20_000)))
                .first()
                .asString()
                .contains("more than the 16,384 that are allowed");
    }

    @Test
    void refusesDeepNesting() {
        assertThat(Pipelines.problems("a: " + "[".repeat(2_000))).first().asString().contains("nests deeper");
        assertThat(Pipelines.problems("- ".repeat(1_500) + "x")).first().asString().contains("nests deeper");
        StringBuilder block = new StringBuilder();
        for (int i = 0; i < 150; i++) {
            block.append(" ".repeat(i)).append("a:\n");
        }
        assertThat(Pipelines.read(block.toString())).isInstanceOf(ReadResult.Invalid.class);
    }

    @Test
    void refusesBillionLaughs() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1));
        }
        assertThat(Pipelines.problems(laughs.toString())).isNotEmpty();
    }

    @Test
    void refusesForeignTagsAndAnchorsThatContainThemselves() {
        assertThat(Pipelines.problems("steps: !!javax.script.ScriptEngineManager [x]\n")).isNotEmpty();
        assertThat(Pipelines.problems("steps: &a [*a]\n")).isNotEmpty();
    }

    @Test
    void takesWordsThatOlderYamlReadsAsBooleansAsText() {
        assertThat(Pipelines.problems("steps:\n  - parallel: [{commands: [a]}]\n    failFast: yes\n"))
                .containsExactly(
                        "ci.yaml:3:15: 'failFast' has to be true or false, not text");
    }
}
