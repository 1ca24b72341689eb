package dev.millwright.server.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Machines that do not trust the server or that it does not trust, which nobody else hears of.
final class FailedHandshakesTest {
    private static final String ALERT = "127\\.0\\.0\\.1: it does not accept .* \\(alert \\w+\\)";

    private final LinkTrial trial = new LinkTrial();

    @AfterEach
    void close() {
        trial.close();
    }

    @Test
    void whoDoesNotKnowTheAuthorityIsToldOfWithItsAddressAndItsAlert() throws IOException {
        refuseTheServer();

        assertThat(told()).singleElement().asString().matches(ALERT);
    }

    @Test
    void whoseCertificateIsOfAnotherAuthorityIsToldOfWithItsAddress() throws Exception {
        var foreign = trial.client(new TestAuthority().node("n1"));

        assertThatThrownBy(foreign::health).isInstanceOf(StatusRuntimeException.class);

        // It tries again and again
        assertThat(told())
                .allSatisfy(it ->
                        assertThat(it)
                                .startsWith(
                                        "127.0.0.1: its certificate or its TLS is not accepted: "));
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
        // What there was to tell of them would have come before this
        refuseTheServer();

        assertThat(told()).singleElement().asString().matches(ALERT);
    }

    private void refuseTheServer() throws IOException {
        try (Socket socket =
                SSLSocketFactory.getDefault()
                        .createSocket(InetAddress.getByName("127.0.0.1"), trial.server.port())) {
            assertThatThrownBy(((SSLSocket) socket)::startHandshake)
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    private List<String> told() {
        await().atMost(Duration.ofSeconds(30)).until(() -> !trial.authority.distrusted.isEmpty());
        return trial.authority.distrusted;
    }
}
