package dev.millwright.server.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.link.v1.Hello;
import dev.millwright.link.v1.NodeMessage;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
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
    void nodesBehindOneAddressAreNotLimited() throws Exception {
        for (int node = 0; node < LinkLimits.STRANGERS + 5; node++) {
            trial.node("n" + node).talk().greet();
        }
        assertThat(trial.client(null).health()).isEqualTo(ServingStatus.SERVING);
    }

    private void assertHealthy() throws InterruptedException {
        healthy.greet();
        assertThat(healthy.say(LinkTalk.heartbeat(1)).hear().hasHeartbeatAck()).isTrue();
        assertThat(trial.client(null).health()).isEqualTo(ServingStatus.SERVING);
    }
}
