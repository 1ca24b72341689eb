package dev.millwright.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.CpuTime;
import dev.millwright.engine.Pipelines;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that are made to hurt the reader: each is refused in time, with a place.
@Tag("S31")
class HostileYamlTest {
    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("a scalar of 4 MiB", "a: " + "x".repeat(4 << 20), "bytes, more than"),
                Arguments.of("100,000 keys", keys(100_000), "bytes, more than"),
                Arguments.of(
                        "a line of 20,000", "a: " + "x".repeat(20_000), "more than the 16,384"),
                Arguments.of(
                        "2,000 brackets", "steps: " + "[".repeat(2_000), "nests deeper than 50"),
                Arguments.of("2,000 braces", "{a: ".repeat(2_000), "nests deeper than 50"),
                Arguments.of("1,500 dashes", "- ".repeat(1_500) + "x", "nests deeper than 50"),
                Arguments.of("a staircase", staircase(150), "nests deeper than 50"),
                Arguments.of("a billion laughs", laughs(), "holds more than 100,000 values"),
                Arguments.of(
                        "many aliases", "a: &a [x]\nb: [" + "*a, ".repeat(60) + "]", "aliases"),
                Arguments.of("nested aliases", towers(), "nests deeper than 50 levels once"),
                Arguments.of("an anchor in itself", "steps: &a [*a]", "contains itself"),
                Arguments.of("a merge of itself", "steps: &a\n  <<: *a", "contains itself"),
                Arguments.of("an anchor nobody set", "steps: *nobody", "not valid YAML"),
                Arguments.of(
                        "a tag of a class",
                        "steps: !!javax.script.ScriptEngineManager [x]\n",
                        "tag"),
                Arguments.of(
                        "a tag on text",
                        "name: !secret x\nsteps: [{commands: a}]",
                        "the tag '!secret'"),
                Arguments.of("a key that is a list", "? [a, b]\n: c\n", "keys have to be text"),
                Arguments.of("a tab", "steps:\n\t- a", "tabs"),
                Arguments.of("a NUL", "steps:\n  - commands: a\u0000b", "the character U+0000"),
                Arguments.of("half a surrogate pair", "name: a\uD800b", "the character U+D800"),
                Arguments.of("UTF-16", utf16(), "the character U+0000"),
                Arguments.of(
                        "quotes without end", "a: \"" + "x\n".repeat(100_000), "not valid YAML"),
                Arguments.of("many open keys", "? ".repeat(8_000), "nests deeper than 50"));
    }

    private static String keys(int count) {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < count; i++) {
            keys.append('k').append(i).append(": v\n");
        }
        return keys.toString();
    }

    private static String staircase(int steps) {
        StringBuilder block = new StringBuilder();
        for (int i = 0; i < steps; i++) {
            block.append(" ".repeat(i)).append("a:\n");
        }
        return block.toString();
    }

    private static String laughs() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 8; i++) {
            laughs.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, ("*a%d, ".formatted(i - 1)).repeat(6)));
        }
        return laughs.toString();
    }

    private static String towers() {
        StringBuilder towers = new StringBuilder("a0: &a0 [[[[[[[[x]]]]]]]]\n");
        for (int i = 1; i < 12; i++) {
            towers.append("a%d: &a%d [[[[[[[[*a%d]]]]]]]]\n".formatted(i, i, i - 1));
        }
        return towers.toString();
    }

    private static String utf16() {
        byte[] bytes = "steps: [{commands: a}]".getBytes(StandardCharsets.UTF_16LE);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void isRefusedInTimeAtAPlace(String name, String text, String message) {
        List<String> problems = new ArrayList<>();
        assertThat(CpuTime.of(() -> problems.addAll(Pipelines.problems(text))))
                .isLessThan(Duration.ofSeconds(2));
        assertThat(problems).anySatisfy(problem -> assertThat(problem).contains(message));
        assertThat(problems)
                .allSatisfy(
                        problem -> assertThat(problem).matches("(?s)ci.yaml:[0-9]+:[0-9]+: .+"));
        assertThat(problems).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void manyKeysWithinTheLimitAreReadInTime() {
        assertThat(CpuTime.of(() -> assertThat(Pipelines.problems(keys(20_000))).hasSize(100)))
                .isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void longBlocksAndManyReferencesAreReadInTime() {
        String lines = ("        " + "${a".repeat(2_000) + "\n").repeat(40);
        String text = "steps:\n  - commands: a\n    environment:\n      A: |\n" + lines;
        assertThat(CpuTime.of(() -> Pipelines.definition(text))).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aByteOrderMarkIsNothingSpecial() {
        assertThat(Pipelines.read("\uFEFFsteps: [{commands: a}]"))
                .isInstanceOf(ReadResult.Read.class);
    }

    @Test
    void bracketsInScriptsAreNoNesting() {
        assertThat(Pipelines.read("steps:\n  - commands: |\n      " + "[[{".repeat(500) + "\n"))
                .isInstanceOf(ReadResult.Read.class);
    }

    @Test
    void takesWordsThatOlderYamlReadsAsBooleansOrNumbersAsText() {
        assertThat(
                        Pipelines.problems(
                                "steps:\n  - parallel: [{commands: [a]}]\n    failFast: yes\n"))
                .containsExactly("ci.yaml:3:15: 'failFast' has to be true or false, not 'yes'");
        assertThat(
                        Pipelines.definition(
                                        "environment: {A: yes, B: 0o17, C: 1e999, D: 1.10, E: 007, F: 0x1F, G: ~}\nsteps: [{commands: a}]")
                                .environment())
                .containsEntry("A", "yes")
                .containsEntry("B", "0o17")
                .containsEntry("C", "1e999")
                .containsEntry("D", "1.10")
                .containsEntry("E", "007")
                .containsEntry("F", "0x1F");
    }
}
