package dev.millwright.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.Sent;
import dev.millwright.testkit.Ports;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class UnreachableReceiverTest {
    @ParameterizedTest
    @ValueSource(strings = {"http", "grpc"})
    void itIsToldInWords(String protocol) throws Exception {
        String endpoint = "http://127.0.0.1:" + Ports.free();
        Sent sent = Telling.to(endpoint, protocol, NetworkWall.OPEN);

        assertThat(sent)
                .isInstanceOfSatisfying(
                        Sent.Later.class,
                        later ->
                                assertThat(later.reason())
                                        .startsWith(
                                                endpoint + " cannot be reached: connection refused")
                                        .doesNotContain("Exception"));
    }
}
