package dev.millwright.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.node.Assignment;
import dev.millwright.node.ScriptStep;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A network that neither carries bytes nor says so.
@Tag("R14")
class HalfOpenLinkTest {
    /// Far less than usual, and more than a busy machine needs for an answer.
    private static final Duration SILENCE = Duration.ofSeconds(8);

    @TempDir Path root;

    private final TestAuthority authority = new TestAuthority();
    private final FakeStore store = new FakeStore();
    private final FakeServer server = FakeServer.start(authority, store, 0);
    private SwallowingProxy one;
    private SwallowingProxy other;

    @BeforeEach
    void open() throws Exception {
        one = SwallowingProxy.before(server.port());
        other = SwallowingProxy.before(server.port());
    }

    @AfterEach
    void stop() throws Exception {
        one.close();
        other.close();
        server.close();
    }

    @Test
    void aNodeUsuallyFindsItWithinTwentySeconds() {
        assertThat(LinkSettings.DEFAULT.silence()).isLessThanOrEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void theNodeGoesAnotherWayAndItsWorkArrives() {
        Assignment step =
                ScriptStep.of("echo one; while [ ! -e go ]; do sleep 0.02; done; echo two");
        String id = step.attempt().toString();
        NodeIdentity.Proof proof = authority.node(Duration.ofDays(1));
        try (TestNode node =
                TestNode.start(
                        root, proof, TestNode.patient(SILENCE), one.address(), other.address())) {
            server.line(0).send(TestNode.assign(step));
            await().atMost(Duration.ofSeconds(20)).until(() -> store.outBytes(id) == 4);
            SwallowingProxy used = one.isUsed() ? one : other;
            SwallowingProxy free = one.isUsed() ? other : one;
            assertThat(free.isUsed()).isFalse();

            used.swallow();
            node.go(step);

            await().atMost(Duration.ofSeconds(60)).until(() -> store.ends.containsKey(id));
            assertThat(free.isUsed()).isTrue();
            assertThat(store.outBytes(id)).isEqualTo(8);
            assertThat(store.ends.get(id).getOutcome()).isEqualTo("success");
        }
    }
}
