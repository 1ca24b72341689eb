package dev.millwright.server.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Connections that never come to their certificate.
@Tag("S08")
final class UnfinishedHandshakesTest {
    private static final int FLOOD = 1_000;

    /// For what has to be closed before, because there is too much of it.
    private static final Duration LATE = Duration.ofSeconds(60);

    private final LinkTrial trial = new LinkTrial(Duration.ofSeconds(30), handshakesWithin(LATE));
    private final List<Socket> halfOpen = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : halfOpen) {
            socket.close();
        }
        trial.close();
    }

    private static LinkPatience handshakesWithin(Duration time) {
        LinkPatience usual = LinkPatience.DEFAULT;
        return new LinkPatience(time, usual.call(), usual.idle(), usual.keepAlive());
    }

    /// @param from the last part of an address of this machine
    private static Socket connect(LinkTrial to, int from) throws IOException {
        return new Socket(
                InetAddress.getByName("127.0.0.1"),
                to.server.port(),
                InetAddress.getByName("127.0.0." + from),
                0);
    }

    private void assertServing() throws InterruptedException {
        var _ = trial.node("n1").talk().greet();
        assertThat(trial.client(null).health()).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void oneAddressHasOnlySoMany() throws Exception {
        for (int connection = 0; connection < FLOOD; connection++) {
            halfOpen.add(connect(trial, 2));
        }

        awaitOpen(LinkLimits.STRANGERS);
        assertServing();
    }

    @Test
    void manyAddressesTogetherHaveOnlySoManyAndANodeStillComesIn() throws Exception {
        int addresses = FLOOD / LinkLimits.STRANGERS + 2;
        for (int connection = 0; connection < LinkLimits.STRANGERS; connection++) {
            for (int address = 0; address < addresses; address++) {
                halfOpen.add(connect(trial, 2 + address));
            }
        }

        awaitOpen(LinkLimits.ALL_STRANGERS);
        assertServing();
    }

    @Test
    void eachHasItsTime() throws Exception {
        LinkPatience hasty = handshakesWithin(Duration.ofSeconds(1));
        try (LinkTrial impatient = new LinkTrial(Duration.ofSeconds(30), hasty)) {
            for (int connection = 0; connection < LinkLimits.STRANGERS; connection++) {
                halfOpen.add(connect(impatient, 2));
            }

            awaitOpen(0);
        }
    }

    private void awaitOpen(long count) {
        await().atMost(LATE.dividedBy(2))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() ->
                        assertThat(
                                        halfOpen.stream()
                                                .filter(UnfinishedHandshakesTest::isOpen)
                                                .count())
                                .isEqualTo(count));
    }

    private static boolean isOpen(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException quiet) {
            return true;
        } catch (IOException reset) {
            return false;
        }
    }
}
