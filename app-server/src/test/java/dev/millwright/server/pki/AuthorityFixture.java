package dev.millwright.server.pki;

import dev.millwright.model.NodeName;
import dev.millwright.model.event.Event;
import dev.millwright.server.event.EventFilter;
import dev.millwright.server.event.Journal;
import dev.millwright.server.link.LinkAuthority.Issued;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A server of a cluster, with a clock of its own.
abstract class AuthorityFixture {
    static final Duration LIFE = JoinTokens.USUAL_LIFE;

    /// Where machines are.
    static final String FROM = "10.1.2.3";

    @TempDir Path folder;
    Database database;
    Journal journal;
    NodeAuthority authority;
    final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    final InstantSource clock = now::get;

    /// Another one in the class that does the same on PostgreSQL.
    Database database(Path directory) {
        return TestDatabases.embedded(directory);
    }

    @BeforeEach
    void openDatabase() {
        database = database(folder.resolve("db"));
        journal = Journal.create(database);
        authority = server();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    /// Another server of the same cluster.
    NodeAuthority server() {
        return NodeAuthority.create(
                database,
                journal,
                new NodeAuthority.Settings(
                        "", folder.resolve("data"), List.of(), () -> "ci.example.org:10001"),
                clock);
    }

    String token() {
        return token("");
    }

    String token(String node) {
        return authority.tokens().create(node, Map.of(), LIFE, "ada").secret();
    }

    Issued join(String token, String name) throws Exception {
        return authority.join(token, JoinRequests.fresh(), name, Map.of(), FROM);
    }

    X509Certificate joined(String name) throws Exception {
        return join(token(), name).chain().getFirst();
    }

    NodeName identify(X509Certificate certificate) {
        return authority.identify(certificate, FROM);
    }

    List<Event> events(String type) {
        return journal.latest(
                EventFilter.ofNamespace("system").withTypes(java.util.Set.of(type)), 100);
    }

    void change(String sql) {
        database.change(tx -> tx.handle().execute(sql));
    }

    X509Certificate root() {
        return authority.authorities().getFirst();
    }
}
