package dev.millwright.server.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.Payload;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HookMappingTest {
    private static Optional<String> problem(String body) {
        return HookMapping.problem(Optional.of("application/json"), Payload.of(body));
    }

    @Test
    void whereABodyIsNotJsonIsTold() {
        assertThat(problem("{\"a\":\n bad}").orElseThrow())
                .contains("the body is not JSON", "line 2, column");
        assertThat(problem("{\"a\": 1}")).isEmpty();
    }

    static Stream<String> hostile() {
        return Stream.of(
                "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                "{\"a\":" + "9".repeat(1_000_000) + "}",
                "{\"a\":1,\"a\":2}");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    @Tag("S05")
    @Timeout(20)
    void aBodyThatIsMadeToHurtIsNoneAndBreaksNothing(String body) {
        assertThat(problem(body).orElseThrow()).contains("the body is not JSON");
    }
}
