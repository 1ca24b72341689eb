package dev.millwright.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.Loopback;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost",
                "127.0.0.1",
                "127.1",
                "127.0.12.1",
                "[::1]",
                "::1"
            })
    void aHostThatIsThisMachine(String host) {
        assertThat(Loopback.isWritten(host)).isTrue();
        assertThat(Loopback.isReached(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ci.example.org",
                "localhost.example.org",
                "127.0.0.1.example.org",
                "127.",
                "128.0.0.1",
                "10.0.0.127",
                "[::2]"
            })
    void aHostThatMayBeAnother(String host) {
        assertThat(Loopback.isWritten(host)).isFalse();
    }
}
