package dev.millwright.server.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.link.v1.Dismissed;
import dev.millwright.link.v1.NodeLinkGrpc;
import dev.millwright.server.node.NodeLine;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How the server ends the streams of nodes.
final class LinkEndTest {
    @Test
    void revokedNodeIsCutWithinASecond() throws Exception {
        try (LinkTrial trial = new LinkTrial()) {
            var revoked = trial.node("n1").talk().greet();
            var other = trial.node("n2").talk().greet();

            trial.authority.revoke("n1");

            await().atMost(Duration.ofSeconds(1)).until(() -> !revoked.isOpen());
            Dismissed told = revoked.hear().getDismissed();
            assertThat(told.getCode()).isEqualTo(Dismissed.Code.REMOVED);
            assertThat(told.getReason())
                    .contains("the node 'n1' was removed", "delete 'identity'", "new token");
            await().until(() -> trial.host.callsOf("gone").equals(List.of("gone n1")));
            assertThat(other.say(LinkTalk.heartbeat(1)).hear().hasHeartbeatAck()).isTrue();
        }
    }

    @Test
    void revokedNodeDoesNotComeBack() throws Exception {
        try (LinkTrial trial = new LinkTrial()) {
            var node = trial.node("n1");
            node.talk().greet();
            trial.authority.revokeQuietly("n1");

            assertThat(node.talk().end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
    }

    @Test
    void streamIsCutWhenTheCertificateExpires() throws Exception {
        try (LinkTrial trial = new LinkTrial()) {
            var talk = trial.node("n1").talk().greet();

            trial.jump(Duration.ofMinutes(59));
            assertThat(talk.say(LinkTalk.heartbeat(1)).hear().hasHeartbeatAck()).isTrue();
            trial.jump(Duration.ofMinutes(61));

            assertThat(talk.end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            await().until(() -> trial.host.calls.contains("gone n1"));
        }
    }

    @Test
    void silentNodeIsCutAndOneThatTalksIsNot() throws Exception {
        try (LinkTrial trial = new LinkTrial(Duration.ofSeconds(2))) {
            var silent = trial.node("n1").talk().greet();
            var talking = trial.node("n2").talk().greet();

            await().pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        talking.say(LinkTalk.heartbeat(1));
                        return !silent.isOpen();
                    });

            assertThat(silent.end().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(talking.isOpen()).isTrue();
            await().until(() -> trial.host.calls.contains("gone n1"));
            assertThat(trial.host.callsOf("gone")).hasSize(1);
        }
    }

    @Test
    @Tag("R14")
    void halfOfAnOpenConnectionIsFoundLongBeforeItCountsAsSilent() throws Exception {
        LinkPatience usual = LinkPatience.DEFAULT;
        assertThat(usual.keepAlive().multipliedBy(2)).isLessThanOrEqualTo(Duration.ofSeconds(20));
        LinkPatience hasty =
                new LinkPatience(
                        usual.handshake(), usual.call(), usual.idle(), Duration.ofSeconds(1));
        try (LinkTrial trial = new LinkTrial(Duration.ofMinutes(5), hasty);
                RawHttp2 mute =
                        RawHttp2.open(
                                trial.server, trial.authority, trial.authority.node("mute"))) {
            mute.ask(1, "/" + NodeLinkGrpc.getConnectMethod().getFullMethodName());
            mute.say(1, LinkTalk.hello().toByteArray());
            var talking = trial.node("talking").talk().greet();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> trial.host.callsOf("gone").equals(List.of("gone mute")));

            assertThat(talking.isOpen()).isTrue();
        }
    }

    @Test
    void streamWithoutHelloIsCutToo() throws Exception {
        try (LinkTrial trial = new LinkTrial(Duration.ofSeconds(1))) {
            assertThat(trial.node("n1").talk().end().getCode())
                    .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(trial.host.calls).isEmpty();
        }
    }

    @Test
    void lineThatTheHostDismissesIsGoneOnce() throws Exception {
        try (LinkTrial trial = new LinkTrial()) {
            var talk = trial.node("n1").talk().greet();

            trial.host.lines.getFirst().dismiss(NodeLine.Dismissal.REPLACED, "it came anew");
            trial.host.lines.getFirst().dismiss(NodeLine.Dismissal.REPLACED, "it came anew");

            assertThat(talk.hear().getDismissed().getReason()).isEqualTo("it came anew");
            assertThat(talk.end().isOk()).isTrue();
            await().until(() -> trial.host.calls.contains("gone n1"));
            assertThat(trial.host.callsOf("gone")).hasSize(1);
        }
    }

    @Test
    void serverThatGoesDownSendsEveryNodeElsewhere() throws Exception {
        LinkTrial trial = new LinkTrial();
        var first = trial.node("n1").talk().greet();
        var second = trial.node("n2").talk().greet();

        trial.server.close();

        assertThat(first.hear().getDismissed().getCode()).isEqualTo(Dismissed.Code.GOING_DOWN);
        assertThat(second.hear().getDismissed().getCode()).isEqualTo(Dismissed.Code.GOING_DOWN);
        assertThat(first.end().isOk()).isTrue();
        assertThat(trial.host.callsOf("gone")).hasSize(2);
        trial.close();
    }
}
