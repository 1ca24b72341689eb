package dev.millwright.server.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.model.NodeName;
import dev.millwright.server.link.LinkAuthority.Issued;
import dev.millwright.server.link.LinkRefusal;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Renewing, copying and removing.
@Timeout(60)
class NodeCertificatesTest extends AuthorityFixture {
    @Test
    void aRenewedCertificateCountsUntilItsSuccessorIsSeen() throws Exception {
        X509Certificate first = joined("web-1");
        KeyPair next = JoinRequests.ec("secp256r1");
        var _ = authority.renew(first, JoinRequests.of(next));

        assertThat(identify(first)).isEqualTo(new NodeName("web-1"));
        // The answer was lost: the node asks again, with the same new key
        X509Certificate second = authority.renew(first, JoinRequests.of(next)).chain().getFirst();
        assertThat(second.getPublicKey()).isEqualTo(next.getPublic());
        assertThat(identify(second)).isEqualTo(new NodeName("web-1"));
        X509Certificate third = authority.renew(second, JoinRequests.fresh()).chain().getFirst();
        assertThat(identify(third)).isEqualTo(new NodeName("web-1"));
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
            assertThatThrownBy(() -> identify(one)).hasMessageContaining("quarantine");
            assertThatThrownBy(() -> authority.renew(one, JoinRequests.fresh()))
                    .hasMessageContaining("quarantine");
        }
        assertThat(events("node.quarantined")).hasSize(1);
        assertThat(authority.enrolled())
                .singleElement()
                .satisfies(node -> assertThat(node.quarantinedAt()).isPresent());
        assertThatThrownBy(() -> joined("web-1")).hasMessageContaining("exists");

        authority.remove(new NodeName("web-1"), "ada");
        assertThat(identify(joined("web-1"))).isEqualTo(new NodeName("web-1"));
        assertThatThrownBy(() -> identify(thiefs)).hasMessageContaining("was removed");
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
        identify(thiefs);
        // A connection of the same machine may still be open
        assertThat(identify(shared)).isEqualTo(new NodeName("web-1"));
        change(
                "update node_certificates set replaced_at = current_timestamp - interval '3' minute where replaced_at is not null");

        assertThatThrownBy(() -> identify(shared)).hasMessageContaining("quarantine");
        assertThatThrownBy(() -> identify(thiefs)).hasMessageContaining("quarantine");
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
        assertThat(identify(own)).isEqualTo(new NodeName("web-1"));
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

        assertThat(identify(again.chain().getFirst())).isEqualTo(again.node());
    }

    @Test
    void anExpiredCertificateDoesNotCount() throws Exception {
        X509Certificate own = joined("web-1");
        change("update node_certificates set not_after = current_timestamp");

        assertThatThrownBy(() -> identify(own)).hasMessageContaining("has expired");
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
            assertThatThrownBy(() -> identify(one))
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
            assertThatThrownBy(() -> server.identify(own, FROM))
                    .hasMessageContaining("was removed");
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

    @Test
    void aNodeThatWasRemovedAndComesBackIsWrittenDownOnce() throws Exception {
        X509Certificate own = joined("web-1");
        authority.remove(new NodeName("web-1"), "ada");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> identify(own)).hasMessageContaining("was removed");
        }

        assertThat(events("node.turned-away"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.subject()).isEqualTo("node/web-1");
                    assertThat(event.data().values()).containsEntry("address", FROM);
                    assertThat(event.data().values().get("reason"))
                            .asString()
                            .contains("'web-1' was removed");
                });
    }

    @Test
    void aMachineWithoutTrustIsWrittenDownOnceAndManyCannotFillTheJournal() {
        for (int i = 0; i < 3; i++) {
            authority.distrusted("alert unknown_ca", FROM);
        }
        assertThat(events("node.distrusted"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.data().values())
                                .isEqualTo(Map.of("address", FROM, "reason", "alert unknown_ca")));

        for (int i = 0; i < 100; i++) {
            authority.distrusted("alert unknown_ca", "10.0.0." + i);
        }
        assertThat(events("node.distrusted")).hasSize(60);
    }
}
