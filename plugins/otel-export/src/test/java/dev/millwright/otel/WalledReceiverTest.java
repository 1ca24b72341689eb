package dev.millwright.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.Sent;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WalledReceiverTest {
    /// Not even a connection is made.
    @ParameterizedTest
    @Tag("S29")
    @CsvSource({
        "http, 127.0.0.1",
        "http, localhost",
        "http, 2130706433",
        "http, [::ffff:127.0.0.1]",
        "grpc, 127.0.0.1",
        "grpc, localhost",
    })
    void aReceiverThatIsNotEverybodysIsNotToldUnlessTheAdministratorAllowsIt(
            String protocol, String host) throws Exception {
        try (ServerSocket canary = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            canary.setSoTimeout(200);
            String endpoint = "http://%s:%d".formatted(host, canary.getLocalPort());

            Sent sent = Telling.to(endpoint, protocol, NetworkWall.CLOSED);

            assertThat(sent)
                    .isInstanceOfSatisfying(
                            Sent.Later.class,
                            later -> assertThat(later.reason()).contains("may not be told"));
            assertThatThrownBy(canary::accept).hasMessageContaining("timed out");
        }
    }
}
