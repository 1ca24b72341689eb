package dev.millwright.server.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.model.NodeName;
import dev.millwright.model.event.Event;
import dev.millwright.server.event.EventFilter;
import dev.millwright.server.event.Journal;
import dev.millwright.server.link.LinkAuthority.Issued;
import dev.millwright.server.link.LinkRefusal;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Joining, renewing and removing, with what attackers try.
@Timeout(60)
class NodeAuthorityTest {
    private static final Duration LIFE = JoinTokens.USUAL_LIFE;

    @TempDir Path folder;
    private Database database;
    private Journal journal;
    private NodeAuthority authority;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final InstantSource clock = now::get;

    /// Another one in the class that does the same on PostgreSQL.
    Database database(Path directory) {
        return TestDatabases.embedded(directory);
    }

    @BeforeEach
    void open() {
        database = database(folder.resolve("db"));
        journal = Journal.create(database);
        authority = server();
    }

    @AfterEach
    void close() {
        database.close();
    }

    /// Another server of the same cluster.
    private NodeAuthority server() {
        return NodeAuthority.create(
                database,
                journal,
                new NodeAuthority.Settings(
                        "", folder.resolve("data"), List.of(), () -> "ci.example.org:10001"),
                clock);
    }

    private String token() {
        return token("");
    }

    private String token(String node) {
        return authority.tokens().create(node, Map.of(), LIFE, "ada").secret();
    }

    private Issued join(String token, String name) throws Exception {
        return authority.join(token, JoinRequests.fresh(), name, Map.of(), "10.1.2.3");
    }

    private X509Certificate joined(String name) throws Exception {
        return join(token(), name).chain().getFirst();
    }

    private List<Event> events(String type) {
        return journal.latest(
                EventFilter.ofNamespace("system").withTypes(java.util.Set.of(type)), 100);
    }

    private void change(String sql) {
        database.change(tx -> tx.handle().execute(sql));
    }

    @Test
    void aMachineWithATokenBecomesANodeWithTheNamesThatTheAuthorityChose() throws Exception {
        var token = authority.tokens().create("", Map.of("zone", "lab", "a", "token"), LIFE, "ada");

        Issued issued =
                authority.join(
                        token.secret(),
                        JoinRequests.fresh(),
                        "web-1",
                        Map.of("a", "node", "disk", "ssd"),
                        "10.1.2.3");

        X509Certificate own = issued.chain().getFirst();
        assertThat(issued.node()).isEqualTo(new NodeName("web-1"));
        assertThat(issued.authorities()).isEqualTo(authority.authorities());
        own.verify(issued.authorities().getFirst().getPublicKey());
        assertThat(own.getSubjectX500Principal().getName()).isEqualTo("CN=web-1");
        assertThat(own.getSubjectAlternativeNames())
                .containsExactly(List.of(6, "spiffe://millwright/node/web-1"));
        assertThat(own.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(own.getKeyUsage()).startsWith(true, false, false, false, false, false);
        assertThat(own.getBasicConstraints()).isEqualTo(-1);
        assertThat(Duration.between(Instant.now(), own.getNotAfter().toInstant()))
                .isBetween(Duration.ofHours(23), Duration.ofHours(24));
        assertThat(authority.identify(own)).isEqualTo(issued.node());
        assertThat(authority.enrolled())
                .singleElement()
                .satisfies(node -> {
                    assertThat(node.labels())
                            .isEqualTo(Map.of("zone", "lab", "a", "token", "disk", "ssd"));
                    assertThat(node.quarantinedAt()).isEmpty();
                });
        assertThat(events("node.joined"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.data().values())
                                .containsEntry("node", "web-1")
                                .containsEntry("token", token.token().id())
                                .containsEntry("address", "10.1.2.3"));
    }

    @Test
    void theLineToPasteHasAllThatANodeNeeds() {
        var token = authority.tokens().create("", Map.of(), LIFE, "ada");
        assertThat(authority.joinLine(token))
                .isEqualTo(
                        "millwright node join --server ci.example.org:10001 --token %s --ca sha256:%s"
                                .formatted(
                                        token.secret(),
                                        CertificateRequest.sha256(encoded(root()))));
        assertThat(token.secret()).matches("[0-9a-f]{12}\\.[-_0-9A-Za-z]{43}");
        assertThat(token.toString()).doesNotContain(token.secret());
    }

    private X509Certificate root() {
        return authority.authorities().getFirst();
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (java.security.cert.CertificateException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Tag("S19")
    void aTokenWorksOnce() throws Exception {
        String token = token();
        join(token, "one");

        assertThatThrownBy(() -> join(token, "two"))
                .isInstanceOf(LinkRefusal.class)
                .hasMessageContaining("was used already");
        assertThat(authority.enrolled()).hasSize(1);
        assertThat(events("node.join-refused"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.data().values().toString())
                                .contains("was used already", "10.1.2.3")
                                .doesNotContain(token, token.substring(13)));
    }

    @Test
    @Tag("S19")
    void anExpiredTokenWorksNotAtAll() throws Exception {
        String token = token();
        change("update join_tokens set expires_at = current_timestamp");

        assertThatThrownBy(() -> join(token, "one")).hasMessageContaining("has expired");
        assertThat(authority.tokens().open()).isEmpty();
        assertThat(authority.enrolled()).isEmpty();
    }

    @Test
    @Tag("S19")
    void aTokenForOneNameGivesNoOtherAndStaysUsable() throws Exception {
        String token = token("web-1");

        assertThatThrownBy(() -> join(token, "web-2"))
                .isInstanceOf(LinkRefusal.class)
                .hasMessageContaining("is for a node named 'web-1'");
        assertThat(join(token, "").node()).isEqualTo(new NodeName("web-1"));
    }

    @Test
    void whatIsNoTokenOrUnknownOrTakenBackIsRefused() throws Exception {
        var taken = authority.tokens().create("", Map.of(), LIFE, "ada");
        assertThat(authority.tokens().delete(taken.token().id(), "ada")).isTrue();
        assertThat(authority.tokens().delete(taken.token().id(), "ada")).isFalse();
        String unknown = "000000000000." + "A".repeat(43);

        for (String token : List.of("", "x", "' or 1=1", unknown, taken.secret())) {
            assertThatThrownBy(() -> join(token, "one")).isInstanceOf(LinkRefusal.class);
        }
        assertThat(events("node.join-refused")).hasSize(5);
        assertThat(events("node.token-deleted")).hasSize(1);
    }

    private record Raced(List<Issued> issued, List<String> refused) {}

    private Raced race(List<String> tokens, List<String> names) throws Exception {
        List<Issued> issued = new CopyOnWriteArrayList<>();
        List<String> refused = new CopyOnWriteArrayList<>();
        CyclicBarrier together = new CyclicBarrier(tokens.size());
        List<Future<?>> all = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < tokens.size(); i++) {
                String token = tokens.get(i);
                String name = names.get(i);
                all.add(
                        threads.submit(() -> {
                            together.await();
                            try {
                                issued.add(join(token, name));
                            } catch (LinkRefusal refusal) {
                                refused.add(refusal.getMessage());
                            }
                            return true;
                        }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        return new Raced(issued, refused);
    }

    @Test
    @Tag("S19")
    void ofTwoMachinesWithOneTokenExactlyOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            String token = token();
            Raced raced = race(List.of(token, token), List.of("a-" + round, "b-" + round));
            assertThat(raced.issued()).hasSize(1);
            assertThat(raced.refused()).singleElement().asString().contains("was used already");
        }
        assertThat(authority.enrolled()).hasSize(10);
    }

    @Test
    void ofTwoMachinesWithOneNameExactlyOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            String name = "n-" + round;
            Raced raced = race(List.of(token(), token()), List.of(name, name));
            assertThat(raced.issued()).hasSize(1);
            assertThat(raced.refused()).singleElement().asString().contains("--name");
        }
    }

    @Test
    void aNameIsGivenAgainOnlyAfterTheNodeWasRemoved() throws Exception {
        joined("web-1");
        String token = token();

        assertThatThrownBy(() -> join(token, "web-1"))
                .hasMessageContaining("a node 'web-1' exists; remove it first")
                .hasMessageContaining("--name");
        assertThat(authority.remove(new NodeName("web-1"), "ada")).isTrue();
        assertThat(join(token, "web-1").node()).isEqualTo(new NodeName("web-1"));
    }

    @Test
    void namesThatNoNodeCanHaveAreRefused() {
        for (String name : List.of("", "local", "tokens", "Web", "a b", "-a", "a".repeat(64))) {
            assertThatThrownBy(() -> join(token(), name)).as(name).isInstanceOf(LinkRefusal.class);
        }
        assertThatThrownBy(() -> token("local")).isInstanceOf(LinkRefusal.class);
        assertThat(authority.enrolled()).isEmpty();
    }

    @Test
    void tokensLiveWithinLimitsAndOnlyTheirHashesAreKept() {
        for (Duration life : List.of(Duration.ZERO, Duration.ofDays(8), Duration.ofSeconds(-1))) {
            assertThatThrownBy(() -> authority.tokens().create("", Map.of(), life, "ada"))
                    .isInstanceOf(LinkRefusal.class);
        }
        String token = token("web-1");
        String stored =
                database.read(tx ->
                        tx.handle()
                                .createQuery("select id || hash || labels from join_tokens")
                                .mapTo(String.class)
                                .one());
        assertThat(stored).doesNotContain(token.substring(13)).startsWith(token.substring(0, 12));
        assertThat(authority.tokens().open())
                .singleElement()
                .satisfies(open -> assertThat(open.node()).isEqualTo("web-1"));
        assertThat(events("node.token-created").toString())
                .contains(token.substring(0, 12))
                .doesNotContain(token.substring(13));
    }

    private static Extensions wishes() throws Exception {
        ExtensionsGenerator wishes = new ExtensionsGenerator();
        wishes.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(
                        new GeneralName(
                                GeneralName.uniformResourceIdentifier,
                                "spiffe://millwright/server")));
        wishes.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        return wishes.generate();
    }

    @Test
    @Tag("S20")
    void wishesOfARequestAreIgnored() throws Exception {
        KeyPair key = JoinRequests.ec("secp256r1");
        byte[] request = JoinRequests.of(key, key.getPrivate(), "CN=Millwright server", wishes());

        X509Certificate own =
                authority.join(token(), request, "web-1", Map.of(), "").chain().getFirst();

        assertThat(own.getSubjectX500Principal().getName()).isEqualTo("CN=web-1");
        assertThat(own.getSubjectAlternativeNames())
                .containsExactly(List.of(6, "spiffe://millwright/node/web-1"));
        assertThat(own.getBasicConstraints()).isEqualTo(-1);
        assertThat(own.getNotAfter().toInstant())
                .isBefore(Instant.now().plus(Duration.ofHours(25)));
        assertThat(own.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    }

    @Test
    @Tag("S20")
    void unusableRequestsAreRefusedAndLeaveTheTokenUsable() throws Exception {
        String token = token();
        KeyPair key = JoinRequests.ec("secp256r1");
        byte[] flipped = JoinRequests.of(key);
        flipped[flipped.length - 1] ^= 1;
        List<byte[]> unusable =
                List.of(
                        JoinRequests.of(JoinRequests.rsa(1_024)),
                        JoinRequests.of(JoinRequests.ec("secp521r1")),
                        JoinRequests.of(
                                key, JoinRequests.ec("secp256r1").getPrivate(), "CN=a", null),
                        flipped,
                        new byte[1 << 20],
                        new byte[0],
                        new byte[] {0x30, 0x03, 0x02, 0x01, 0x00});

        for (byte[] request : unusable) {
            assertThatThrownBy(() -> authority.join(token, request, "web-1", Map.of(), ""))
                    .isInstanceOf(LinkRefusal.class);
        }
        assertThat(events("node.join-refused")).hasSize(unusable.size());
        assertThat(join(token, "web-1").node()).isEqualTo(new NodeName("web-1"));
    }

    @Test
    void strongKeysOfEachKindAreTaken() throws Exception {
        List<KeyPair> keys =
                List.of(
                        JoinRequests.ec("secp256r1"),
                        JoinRequests.ec("secp384r1"),
                        JoinRequests.ed25519(),
                        JoinRequests.rsa(2_048));
        for (int i = 0; i < keys.size(); i++) {
            X509Certificate own =
                    authority
                            .join(token(), JoinRequests.of(keys.get(i)), "n" + i, Map.of(), "")
                            .chain()
                            .getFirst();
            assertThat(own.getPublicKey()).isEqualTo(keys.get(i).getPublic());
        }
    }

    @Test
    void aRenewedCertificateCountsUntilItsSuccessorIsSeen() throws Exception {
        X509Certificate first = joined("web-1");
        KeyPair next = JoinRequests.ec("secp256r1");
        var _ = authority.renew(first, JoinRequests.of(next));

        assertThat(authority.identify(first)).isEqualTo(new NodeName("web-1"));
        // The answer was lost: the node asks again, with the same new key
        X509Certificate second = authority.renew(first, JoinRequests.of(next)).chain().getFirst();
        assertThat(second.getPublicKey()).isEqualTo(next.getPublic());
        assertThat(authority.identify(second)).isEqualTo(new NodeName("web-1"));
        X509Certificate third = authority.renew(second, JoinRequests.fresh()).chain().getFirst();
        assertThat(authority.identify(third)).isEqualTo(new NodeName("web-1"));
        assertThat(events("node.quarantined")).isEmpty();
    }

    @Test
    @Tag("S23")
    void twoRenewalsOfOneCertificateWithTwoKeysPutBothIntoQuarantine() throws Exception {
        X509Certificate shared = joined("web-1");
        X509Certificate thiefs = authority.renew(shared, JoinRequests.fresh()).chain().getFirst();
        List<NodeName> cut = new CopyOnWriteArrayList<>();
        authority.onRevoked(cut::add);

        assertThatThrownBy(() -> authority.renew(shared, JoinRequests.fresh()))
                .isInstanceOf(LinkRefusal.class)
                .hasMessageContaining("quarantine");

        assertThat(cut).containsExactly(new NodeName("web-1"));
        for (X509Certificate one : List.of(shared, thiefs)) {
            assertThatThrownBy(() -> authority.identify(one)).hasMessageContaining("quarantine");
            assertThatThrownBy(() -> authority.renew(one, JoinRequests.fresh()))
                    .hasMessageContaining("quarantine");
        }
        assertThat(events("node.quarantined")).hasSize(1);
        assertThat(authority.enrolled())
                .singleElement()
                .satisfies(node -> assertThat(node.quarantinedAt()).isPresent());
        assertThatThrownBy(() -> joined("web-1")).hasMessageContaining("exists");

        authority.remove(new NodeName("web-1"), "ada");
        assertThat(authority.identify(joined("web-1"))).isEqualTo(new NodeName("web-1"));
        assertThatThrownBy(() -> authority.identify(thiefs)).hasMessageContaining("was removed");
    }

    @Test
    @Tag("S23")
    void twoRenewalsAtTheSameMomentPutBothIntoQuarantine() throws Exception {
        for (int round = 0; round < 5; round++) {
            X509Certificate shared = joined("n-" + round);
            CyclicBarrier together = new CyclicBarrier(2);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Boolean>> both = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    byte[] request = JoinRequests.fresh();
                    both.add(
                            threads.submit(() -> {
                                together.await();
                                try {
                                    var _ = authority.renew(shared, request);
                                    return true;
                                } catch (LinkRefusal refusal) {
                                    return false;
                                }
                            }));
                }
                assertThat(List.of(both.get(0).get(), both.get(1).get()))
                        .containsExactlyInAnyOrder(true, false);
            }
        }
        assertThat(events("node.quarantined")).hasSize(5);
    }

    @Test
    @Tag("S23")
    void whoComesWithACertificateWhoseSuccessorIsInUseIsACopy() throws Exception {
        X509Certificate shared = joined("web-1");
        X509Certificate thiefs = authority.renew(shared, JoinRequests.fresh()).chain().getFirst();
        authority.identify(thiefs);
        // A connection of the same machine may still be open
        assertThat(authority.identify(shared)).isEqualTo(new NodeName("web-1"));
        change(
                "update node_certificates set replaced_at = current_timestamp - interval '3' minute where replaced_at is not null");

        assertThatThrownBy(() -> authority.identify(shared)).hasMessageContaining("quarantine");
        assertThatThrownBy(() -> authority.identify(thiefs)).hasMessageContaining("quarantine");
        assertThat(events("node.quarantined")).hasSize(1);
    }

    @Test
    @Tag("S23")
    void aKeyGetsNoSecondCertificate() throws Exception {
        KeyPair key = JoinRequests.ec("secp256r1");
        X509Certificate own =
                authority
                        .join(token(), JoinRequests.of(key), "web-1", Map.of(), "")
                        .chain()
                        .getFirst();

        assertThatThrownBy(() -> authority.renew(own, JoinRequests.of(key)))
                .hasMessageContaining("make a new key");
        assertThat(authority.identify(own)).isEqualTo(new NodeName("web-1"));
        authority.remove(new NodeName("web-1"), "ada");
        assertThatThrownBy(() -> authority.join(token(), JoinRequests.of(key), "two", Map.of(), ""))
                .hasMessageContaining("make a new key");
    }

    @Test
    void aMachineWhoseFirstCertificateGotLostJoinsAgainWithTheSameKey() throws Exception {
        byte[] request = JoinRequests.fresh();
        var _ = authority.join(token(), request, "web-1", Map.of(), "");
        authority.remove(new NodeName("web-1"), "ada");

        Issued again = authority.join(token(), request, "web-1", Map.of(), "");

        assertThat(authority.identify(again.chain().getFirst())).isEqualTo(again.node());
    }

    @Test
    void anExpiredCertificateDoesNotCount() throws Exception {
        X509Certificate own = joined("web-1");
        change("update node_certificates set not_after = current_timestamp");

        assertThatThrownBy(() -> authority.identify(own)).hasMessageContaining("has expired");
        assertThatThrownBy(() -> authority.renew(own, JoinRequests.fresh()))
                .hasMessageContaining("has expired");
    }

    @Test
    void certificatesOfServersAndOfOthersAreNoNodes() throws Exception {
        X509Certificate servers =
                authority.serverKeys()
                        .getCertificateChain(
                                authority.serverKeys().chooseEngineServerAlias("EC", null, null))[
                        0];

        for (X509Certificate one : List.of(servers, root())) {
            assertThatThrownBy(() -> authority.identify(one))
                    .isInstanceOf(LinkRefusal.class)
                    .hasMessageContaining("no certificate of a node");
        }
    }

    @Test
    @Tag("S24")
    void aRemovedNodeIsCutOffOnEveryServerWithinASecond() throws Exception {
        X509Certificate own = joined("web-1");
        NodeAuthority other = server();
        List<NodeName> here = new CopyOnWriteArrayList<>();
        List<NodeName> there = new CopyOnWriteArrayList<>();
        authority.onRevoked(here::add);
        other.onRevoked(there::add);

        assertThat(authority.remove(new NodeName("web-1"), "ada")).isTrue();

        assertThat(here).containsExactly(new NodeName("web-1"));
        await().atMost(Duration.ofSeconds(1)).until(() -> learnt(other, there));
        for (NodeAuthority server : List.of(authority, other)) {
            assertThatThrownBy(() -> server.identify(own)).hasMessageContaining("was removed");
            assertThatThrownBy(() -> server.renew(own, JoinRequests.fresh()))
                    .hasMessageContaining("was removed");
        }
        assertThat(events("node.removed")).hasSize(1);
        assertThat(authority.remove(new NodeName("web-1"), "ada")).isFalse();
        authority.tick();
        other.tick();
        assertThat(here).hasSize(1);
        assertThat(there).hasSize(1);
    }

    /// On the embedded database nobody else is told; there each server looks.
    private boolean learnt(NodeAuthority other, List<NodeName> there) {
        if (database.isH2()) {
            other.tick();
        }
        return !there.isEmpty();
    }

    @Test
    void aNotificationThatWasMissedIsMadeUpForByLooking() throws Exception {
        joined("web-1");
        List<NodeName> cut = new CopyOnWriteArrayList<>();
        authority.onRevoked(_ -> {
            throw new IllegalStateException("a listener that fails");
        });
        authority.onRevoked(cut::add);
        change("update node_certificates set revoked_at = current_timestamp");

        authority.tick();

        assertThat(cut).containsExactly(new NodeName("web-1"));
    }

    @Test
    void theServersCertificateIsRenewedAtTwoThirdsWithoutARestart() {
        var keys = authority.serverKeys();
        String before = keys.chooseEngineServerAlias("EC", null, null);
        now.updateAndGet(at -> at.plus(Duration.ofDays(4)));
        authority.tick();
        assertThat(keys.chooseEngineServerAlias("EC", null, null)).isEqualTo(before);

        now.updateAndGet(at -> at.plus(Duration.ofDays(1)));
        authority.tick();

        String after = keys.chooseEngineServerAlias("EC", null, null);
        assertThat(after).isNotEqualTo(before);
        // A handshake that has begun with the old one ends with it
        assertThat(keys.getPrivateKey(before)).isNotNull();
        assertThat(keys.getCertificateChain(after)[0].getPublicKey())
                .isNotEqualTo(keys.getCertificateChain(before)[0].getPublicKey());
        assertThat(keys.chooseEngineServerAlias("RSA", null, null)).isNull();
    }

    @Test
    void strangersCannotFillTheJournal() {
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> join("nothing", "a")).isInstanceOf(LinkRefusal.class);
        }
        assertThat(events("node.join-refused")).hasSize(60);
    }
}
