package dev.millwright.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.link.v1.NodeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes whose clock is off by most of a day. Certificates of servers live for a week, so that it
/// need not keep them from connecting.
@Tag("R26")
class WrongClockTest {
    private static final Duration OFF = Duration.ofHours(23);
    private static final int MANY = 30;

    @TempDir Path root;

    private final TestAuthority authority = new TestAuthority();
    private final NodeIdentity.Proof shown =
            authority.issue(
                    Certificates.SERVER,
                    Instant.now().minus(Duration.ofDays(2)),
                    Instant.now().plus(Duration.ofDays(5)));
    private final FakeServer server =
            FakeServer.odd(authority, shown, List.of(shown.own(), authority.root), "TLSv1.3");

    @BeforeEach
    void tellTheTime() {
        server.greeting =
                _ -> FakeServer.welcome().setNowMillis(Instant.now().toEpochMilli()).build();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TestNode node(NodeIdentity.Proof proof, Duration ahead) {
        return TestNode.start(
                root, proof, TestNode.SETTINGS, () -> Instant.now().plus(ahead), server.address());
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20)).until(condition);
    }

    @Test
    void itIsToldAmongTheFacts() {
        try (TestNode _ = node(authority.node(Duration.ofDays(1)), OFF)) {
            FakeLine line = server.line(0);
            until(() -> line.has(NodeMessage::hasFacts));

            assertThat(line.received.stream().filter(NodeMessage::hasFacts))
                    .allSatisfy(one ->
                            assertThat(Pairs.map(one.getFacts().getFactsList()))
                                    .extractingByKey("clock.offset")
                                    .satisfies(told ->
                                            assertThat(Long.parseLong(told))
                                                    .isBetween(
                                                            OFF.toSeconds() - 60,
                                                            OFF.toSeconds() + 60)));
        }
    }

    @Test
    void aNodeThatIsAheadDoesNotRenewItsCertificateAgainAndAgain() {
        try (TestNode _ = node(authority.node(Duration.ofDays(1)), OFF)) {
            FakeLine line = server.line(0);
            until(() -> line.has(NodeMessage::hasFacts));
            int before = server.renewed.size();

            // Between two of them there is as much time as between two renewals
            until(() -> line.received.stream().filter(NodeMessage::hasHeartbeat).count() > MANY);

            assertThat(server.renewed.size())
                    .as("one may have been under way")
                    .isLessThan(before + 2);
        }
    }

    @Test
    void aNodeThatIsBehindRenewsItsCertificateInTime() {
        Instant now = Instant.now();
        NodeIdentity.Proof nearlyOver =
                authority.issue(
                        "spiffe://millwright/node/n1",
                        now.minus(Duration.ofHours(22)),
                        now.plus(Duration.ofHours(2)));
        try (TestNode node = node(nearlyOver, OFF.negated())) {
            until(() -> !server.renewed.isEmpty());
            until(() -> !node.identity.proof().equals(nearlyOver));
        }
    }
}
