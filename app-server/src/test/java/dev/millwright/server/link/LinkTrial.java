package dev.millwright.server.link;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server on a free port of this machine with its authority and its host, and clients to it.
final class LinkTrial implements AutoCloseable {
    final TestAuthority authority = new TestAuthority();
    final RecordingHost host = new RecordingHost();
    final LinkServer server;
    private final List<LinkClient> clients = new ArrayList<>();
    final FakeShelf shelf = new FakeShelf();
    private volatile Duration ahead = Duration.ZERO;

    LinkTrial() {
        this(Duration.ofSeconds(30));
    }

    LinkTrial(Duration silence) {
        this(silence, LinkPatience.DEFAULT);
    }

    LinkTrial(Duration silence, LinkPatience patience) {
        server =
                LinkServer.start(
                        new LinkSettings(
                                new InetSocketAddress("127.0.0.1", 0),
                                () -> List.of("one:10001", "two:10001"),
                                Duration.ofSeconds(3),
                                silence,
                                shelf),
                        patience,
                        authority,
                        host,
                        () -> Instant.now().plus(ahead));
    }

    /// Let the clock of the server jump.
    void jump(Duration time) {
        ahead = time;
    }

    LinkClient node(String name) {
        return client(authority.node(name));
    }

    LinkClient client(@Nullable FixedKeys keys) {
        return keep(LinkClient.connect(server, authority, keys));
    }

    LinkClient keep(LinkClient client) {
        clients.add(client);
        return client;
    }

    @Override
    public void close() {
        clients.forEach(LinkClient::close);
        server.close();
    }
}
