package dev.millwright.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.link.v1.Dismissed;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.link.v1.ServerMessage;
import dev.millwright.testkit.Ports;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// To which server a node keeps, for how long, and with which certificate.
class NodeConnectionTest extends LinkFixture {
    @Test
    void goesToTheNextServerWhenOneIsDead() throws IOException {
        int free = Ports.free();
        try (TestNode node =
                TestNode.start(root, authority, "127.0.0.1:" + free, server.address())) {
            server.line(0).cut();
            server.line(1).cut();
            assertThat(server.line(2).isSettled()).isTrue();
            assertThat(node.isOver()).isFalse();
        }
    }

    @Test
    void dropsAConnectionOverWhichNothingComesBack() {
        server.acknowledging = false;
        LinkSettings hasty = TestNode.patient(Duration.ofMillis(500));
        NodeIdentity.Proof proof = authority.node(Duration.ofDays(1));
        try (TestNode _ = TestNode.start(root, proof, hasty, server.address())) {
            FakeLine first = server.line(0);
            assertThat(server.line(1).hello()).isNotNull();
            until(() -> first.over);
        }
    }

    @Test
    void goesElsewhereAtOnceWhenAServerGoesDown() {
        try (FakeServer other = FakeServer.start(authority, store, 0);
                TestNode _ = node()) {
            FakeLine line = server.line(0);
            server.greeting = _ -> FakeServer.welcome().addServers(other.address()).build();
            line.send(dismissed(Dismissed.Code.GOING_DOWN));
            server.line(1).send(dismissed(Dismissed.Code.GOING_DOWN));
            assertThat(other.line(0).hello().getLife()).isEqualTo("life-1");
            assertThat(NodeIdentity.load(root).orElseThrow().servers())
                    .containsExactly(other.address());
        }
    }

    private static ServerMessage dismissed(Dismissed.Code code) {
        return ServerMessage.newBuilder()
                .setDismissed(Dismissed.newBuilder().setCode(code).setReason("by a test"))
                .build();
    }

    @Test
    void comesBackNoMoreOnceItIsRemoved() {
        try (TestNode node = node()) {
            server.line(0).send(dismissed(Dismissed.Code.REMOVED));
            assertThat(node.awaitEnd().orElseThrow())
                    .contains("may not work any more", "by a test");
            assertThat(server.lines).hasSize(1);
        }
    }

    @Test
    void comesBackAfterAnotherAgentTookItsPlace() {
        try (TestNode _ = node()) {
            server.line(0).send(dismissed(Dismissed.Code.REPLACED));
            assertThat(server.line(1).isSettled()).isTrue();
        }
    }

    @Test
    void saysGoodbye() {
        TestNode node = node();
        FakeLine line = server.line(0);
        node.close();
        until(() -> line.over);
        assertThat(line.received.getLast().hasGoodbye()).isTrue();
    }

    @Test
    void tellsFactsThatHaveChanged() {
        try (TestNode node = node()) {
            FakeLine line = server.line(0);
            node.facts.update(Map.of("os", "linux"));
            node.facts.update(Map.of("os", "linux", "gpu", "yes"));
            until(() -> line.has(NodeMessage::hasFacts));
            assertThat(line.received.stream().filter(NodeMessage::hasFacts))
                    .singleElement()
                    .satisfies(one ->
                            assertThat(Pairs.map(one.getFacts().getFactsList()))
                                    .containsEntry("gpu", "yes"));
        }
    }

    @Test
    void renewsItsCertificateAndGoesOnWorking() {
        server.life = Duration.ofDays(1);
        Instant now = Instant.now();
        NodeIdentity.Proof brief =
                authority.issue(
                        "spiffe://millwright/node/n1",
                        now.minus(Duration.ofHours(3)),
                        now.plus(Duration.ofHours(1)));
        try (TestNode node = TestNode.start(root, brief, server.address())) {
            until(() -> !node.identity.proof().equals(brief));

            assertThat(server.renewed).containsExactly(brief.own().getSerialNumber());
            NodeIdentity.Proof next = node.identity.proof();
            assertThat(next.key().getPublic()).isNotEqualTo(brief.key().getPublic());
            assertThat(NodeIdentity.load(root).orElseThrow().proof().own()).isEqualTo(next.own());
            server.line(0).cut();
            assertThat(server.line(1).serial).isEqualTo(next.own().getSerialNumber());
        }
    }

    @Test
    @Tag("S25")
    void doesNotTalkToAnotherClustersServer() {
        try (FakeServer foreign = FakeServer.start(new TestAuthority());
                TestNode _ = TestNode.start(root, authority, foreign.address(), server.address())) {
            server.line(0).cut();
            server.line(1).cut();
            assertThat(server.line(2).isSettled()).isTrue();
            assertThat(foreign.lines).isEmpty();
        }
    }
}
