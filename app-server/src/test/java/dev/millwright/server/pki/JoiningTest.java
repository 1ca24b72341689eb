package dev.millwright.server.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.NodeName;
import dev.millwright.model.Sha256;
import dev.millwright.server.link.LinkAuthority.Issued;
import dev.millwright.server.link.LinkRefusal;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
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

/// Joining, with what attackers try.
@Timeout(60)
class JoiningTest extends AuthorityFixture {
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
        assertThat(identify(own)).isEqualTo(issued.node());
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
                                .formatted(token.secret(), Sha256.hex(encoded(root()))));
        assertThat(token.secret()).matches("[0-9a-f]{12}\\.[-_0-9A-Za-z]{43}");
        assertThat(token.toString()).doesNotContain(token.secret());
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
                .satisfies(event -> {
                    assertThat(event.data().values().toString())
                            .contains("was used already", "10.1.2.3")
                            .doesNotContain(token, token.substring(13));
                    assertThat(event.data().values())
                            .containsEntry("token", token.substring(0, 12));
                });
    }

    @Test
    @Tag("S19")
    void anExpiredTokenWorksNotAtAll() throws Exception {
        String token = token();
        change("update join_tokens set expires_at = current_timestamp");

        assertThatThrownBy(() -> join(token, "one")).hasMessageContaining("has expired");
        assertThat(authority.tokens().open()).isEmpty();
        assertThat(authority.enrolled()).isEmpty();
        assertThat(events("node.join-refused"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.data().values())
                                .containsEntry("token", token.substring(0, 12)));
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
        assertThat(events("node.join-refused"))
                .hasSize(5)
                .allSatisfy(event -> assertThat(event.data().values()).doesNotContainKey("token"));
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
}
