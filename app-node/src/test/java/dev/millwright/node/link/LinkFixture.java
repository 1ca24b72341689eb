package dev.millwright.node.link;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// A server that nodes of its cluster can reach, and a folder for them.
abstract class LinkFixture {
    @TempDir Path root;

    final TestAuthority authority = new TestAuthority();
    final FakeStore store = new FakeStore();
    final FakeServer server = FakeServer.start(authority, store, 0);

    @AfterEach
    void stop() {
        server.close();
    }

    /// A node that goes to the server.
    TestNode node() {
        return TestNode.start(root, authority, server.address());
    }

    static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20)).until(condition);
    }
}
