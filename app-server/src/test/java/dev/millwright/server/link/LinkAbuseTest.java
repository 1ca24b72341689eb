package dev.millwright.server.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.millwright.link.v1.Hello;
import dev.millwright.link.v1.NodeMessage;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a hostile or broken other end costs: itself only.
final class LinkAbuseTest {
    private final LinkTrial trial = new LinkTrial();
    private final LinkClient.Talk healthy = trial.node("healthy").talk();

    @AfterEach
    void close() {
        trial.close();
    }

    @Test
    void messageOverTheLimitIsRefused() throws Exception {
        var hello = Hello.newBuilder().setProtocol(1).setVersion("x".repeat(LinkLimits.MESSAGE));

        var talk = trial.node("n1").talk().say(NodeMessage.newBuilder().setHello(hello).build());

        assertThat(talk.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertHealthy();
    }

    @Test
    void headersOverTheLimitAreRefused() throws Exception {
        var headers = new Metadata();
        headers.put(
                Metadata.Key.of("much", Metadata.ASCII_STRING_MARSHALLER),
                "x".repeat(LinkLimits.METADATA));

        var talk = trial.node("n1").talk(headers).say(LinkTalk.hello());

        assertThat(talk.end().isOk()).isFalse();
        assertThat(trial.host.calls).isEmpty();
        assertHealthy();
    }

    @Test
    void rapidResetsCloseTheirConnectionAndNoOther() throws Exception {
        try (RawHttp2 attacker = new RawHttp2(trial.server, trial.authority)) {
            assertThatCode(
                            () -> {
                                for (int stream = 1; stream < 20_000; stream += 2) {
                                    attacker.askAndReset(stream, "/grpc.health.v1.Health/Check");
                                }
                                attacker.awaitClosed(10_000);
                            })
                    // Written into or read from a connection that is closed already
                    .satisfiesAnyOf(
                            closed -> assertThat(closed).isNull(),
                            closed ->
                                    assertThat(closed)
                                            .isInstanceOf(IOException.class)
                                            .isNotInstanceOf(SocketTimeoutException.class));
        }
        assertHealthy();
    }

    @Test
    void oneAddressHasOnlySoManyConnectionsWithoutACertificate() throws Exception {
        List<Socket> halfOpen = new ArrayList<>();
        try {
            for (int connection = 0; connection < 3 * LinkServer.STRANGERS; connection++) {
                halfOpen.add(
                        new Socket(
                                InetAddress.getByName("127.0.0.1"),
                                trial.server.port(),
                                InetAddress.getByName("127.0.0.2"),
                                0));
            }
            // The rest is closed long before the five seconds that a handshake has
            await().atMost(Duration.ofSeconds(4))
                    .untilAsserted(() ->
                            assertThat(halfOpen.stream().filter(LinkAbuseTest::isOpen))
                                    .hasSize(LinkServer.STRANGERS));
            assertThat(trial.client(null).health()).isEqualTo(ServingStatus.SERVING);
            assertHealthy();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> halfOpen.stream().noneMatch(LinkAbuseTest::isOpen));
        } finally {
            for (Socket socket : halfOpen) {
                socket.close();
            }
        }
    }

    @Test
    void nodesBehindOneAddressAreNotLimited() throws Exception {
        for (int node = 0; node < LinkServer.STRANGERS + 5; node++) {
            trial.node("n" + node).talk().greet();
        }
        assertThat(trial.client(null).health()).isEqualTo(ServingStatus.SERVING);
    }

    private void assertHealthy() throws InterruptedException {
        healthy.greet();
        assertThat(healthy.say(LinkTalk.heartbeat(1)).hear().hasHeartbeatAck()).isTrue();
        assertThat(trial.client(null).health()).isEqualTo(ServingStatus.SERVING);
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
