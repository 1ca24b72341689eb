package dev.millwright.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.engine.CpuTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {
    @Test
    void mapsTheBodyOfAHookToPlainValues() {
        Map<String, Object> variables =
                Map.of(
                        "body",
                        Map.of(
                                "ref",
                                "refs/heads/main",
                                "size",
                                3L,
                                "commits",
                                List.of(Map.of("id", "a1"), Map.of("id", "b2"))),
                        "headers",
                        Map.of("x-event", "push"));
        assertThat(Expressions.evaluate("body.ref.substring(11)", variables)).isEqualTo("main");
        assertThat(Expressions.evaluate("body.commits.map(c, c.id)", variables))
                .isEqualTo(List.of("a1", "b2"));
        assertThat(Expressions.evaluate("headers['x-event']", variables)).isEqualTo("push");
        assertThat(Expressions.evaluate("has(body.missing) ? 'y' : 'n'", variables)).isEqualTo("n");
        assertThat(Expressions.evaluate("body.size + 1", variables)).isEqualTo(4L);
        assertThat(Expressions.evaluate("{'a': [1, 2]}", variables))
                .isEqualTo(Map.of("a", List.of(1L, 2L)));
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> Expressions.evaluate("body.ref", Map.of("body", Map.of())))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("'body.ref' could not be evaluated")
                .hasMessageContaining("ref");
        assertThatThrownBy(() -> Expressions.evaluate("body.ref", Map.of()))
                .isInstanceOf(ExpressionException.class);
    }

    @ParameterizedTest
    @Tag("S32")
    @ValueSource(
            strings = {
                "class.forName('java.lang.Runtime')",
                "getClass()",
                "event.getClass()",
                "java.lang.System.exit(1)",
                "T(java.lang.Runtime)",
                "${{ github.head_ref }}",
                "${{ ${{",
                "event; event",
                "event = 'x'",
                "while(true) {}",
                "\u0000",
                "",
            })
    void refusesWhatIsNoExpressionOfItsOwn(String expression) {
        assertThat(Expressions.problem(expression)).isPresent();
    }

    @Test
    @Tag("S34")
    @Tag("S32")
    void refusesHugeAndDeepExpressionsInTime() {
        Duration spent =
                CpuTime.of(() -> {
                    assertThat(Expressions.problem("1+".repeat(500_000) + "1")).isPresent();
                    assertThat(Expressions.problem("(".repeat(10_000) + "1" + ")".repeat(10_000)))
                            .isPresent();
                    assertThatCode(() ->
                                    Expressions.problem(
                                            "(".repeat(1_500) + "1" + ")".repeat(1_500)))
                            .doesNotThrowAnyException();
                    assertThat(Expressions.problem("[".repeat(2_000) + "]".repeat(2_000)))
                            .isPresent();
                    assertThatCode(() -> Expressions.problem("!".repeat(4_000) + "true"))
                            .doesNotThrowAnyException();
                });
        assertThat(spent).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    @Tag("S34")
    @Tag("S32")
    void longLoopsEndInTime() {
        List<Long> numbers = java.util.stream.LongStream.range(0, 500).boxed().toList();
        Duration spent =
                CpuTime.of(() -> {
                    assertThatThrownBy(() ->
                                    Expressions.evaluate(
                                            "body.all(a, body.all(b, body.all(c, a + b + c >= 0)))",
                                            Map.of("body", numbers)))
                            .isInstanceOf(ExpressionException.class);
                    assertThatThrownBy(() ->
                                    Expressions.evaluate(
                                            "'a'.matches('(a+)+$(') || true == 1", Map.of()))
                            .isInstanceOf(ExpressionException.class);
                    assertThat(
                                    Expressions.evaluate(
                                            "event.matches('(a+)+$')",
                                            Map.of("event", "a".repeat(100_000) + "!")))
                            .isEqualTo(false);
                });
        assertThat(spent).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    @Tag("S32")
    void doublingEndsBeforeTheMemoryDoes() {
        Map<String, Object> variables = Map.of("event", "x".repeat(1_000), "body", List.of(1L));
        assertThatThrownBy(() ->
                        Expressions.evaluate("[event]" + ".map(x, x + x)".repeat(200), variables))
                .isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() ->
                        Expressions.evaluate("[body]" + ".map(x, x + x)".repeat(200), variables))
                .isInstanceOf(ExpressionException.class);
        assertThat(Expressions.evaluate("'a' + 'b' + string(1 + 2)", Map.of())).isEqualTo("ab3");
        assertThat(Expressions.evaluate("[1] + [2]", Map.of())).isEqualTo(List.of(1L, 2L));
        assertThat(Expressions.evaluate("1.5 + 2.0", Map.of())).isEqualTo(3.5);
    }
}
