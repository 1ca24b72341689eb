package dev.millwright.server.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Machines that do not trust the server, which nobody else hears of.
final class FailedHandshakesTest {
    private final LinkTrial trial = new LinkTrial();

    @AfterEach
    void close() {
        trial.close();
    }

    @Test
    void whoDoesNotKnowTheAuthorityIsToldOfWithItsAddressAndItsAlert() throws IOException {
        try (Socket socket =
                SSLSocketFactory.getDefault()
                        .createSocket(InetAddress.getByName("127.0.0.1"), trial.server.port())) {
            assertThatThrownBy(((SSLSocket) socket)::startHandshake)
                    .isInstanceOf(SSLHandshakeException.class);
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> !trial.authority.distrusted.isEmpty());
        assertThat(trial.authority.distrusted)
                .singleElement()
                .asString()
                .matches("127\\.0\\.0\\.1: it does not accept .* \\(alert \\w+\\)");
    }

    @Test
    void whoDoesNotSpeakTlsAndWhoComesInAreNot() throws Exception {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), trial.server.port())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            // The server ends the connection, perhaps with a TLS alert before
            socket.getInputStream().readAllBytes();
        }
        trial.node("n1").health();

        assertThat(trial.authority.distrusted).isEmpty();
    }
}
