package dev.millwright.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoiningTest {
    @TempDir Path root;

    private final TestAuthority authority = new TestAuthority();

    private JoinOrder order(FakeServer server, String token) {
        return new JoinOrder(
                server.address(),
                token,
                Certificates.hash(authority.root),
                "wanted",
                Map.of("zone", "a"));
    }

    /// The server must not have learnt the token.
    private void refuses(FakeServer server, InstantSource clock, String... words) {
        assertThatThrownBy(() -> Joining.join(root, order(server, "secret"), clock))
                .isInstanceOf(LinkException.class)
                .hasMessageContainingAll(words);
        assertThat(server.joins).isEmpty();
        assertThat(NodeIdentity.load(root)).isEmpty();
    }

    @Test
    void keepsWhatTheServerGives() throws IOException {
        try (FakeServer server = FakeServer.start(authority)) {
            assertThat(Joining.join(root, order(server, "secret")).name()).isEqualTo("n1");

            NodeIdentity identity = NodeIdentity.load(root).orElseThrow();
            assertThat(identity.name()).isEqualTo("n1");
            assertThat(identity.servers()).containsExactly(server.address());
            assertThat(identity.proof().authorities()).containsExactly(authority.root);
            assertThat(server.joins.getFirst().getWantedName()).isEqualTo("wanted");
            assertThat(Pairs.map(server.joins.getFirst().getLabelsList()))
                    .containsEntry("zone", "a");
        }
        try (Stream<Path> files = Files.list(root.resolve("identity"))) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(root.resolve("identity/next.pem")).doesNotExist();
    }

    @Test
    @Tag("S25")
    void tellsAnotherAuthorityNothing() {
        try (FakeServer server = FakeServer.start(new TestAuthority())) {
            refuses(
                    server,
                    InstantSource.system(),
                    "the server at " + server.address() + " is not the one that made this token",
                    "do not change --ca without asking");
        }
    }

    @Test
    @Tag("S25")
    void tellsAServerNothingThatHidesItsAuthority() {
        NodeIdentity.Proof proof = authority.server();
        try (FakeServer server =
                FakeServer.odd(authority, proof, List.of(proof.own()), "TLSv1.3")) {
            refuses(server, InstantSource.system(), "does not show its authority");
        }
    }

    @Test
    @Tag("S25")
    void tellsAServerNothingThatOnlyShowsTheAuthority() {
        NodeIdentity.Proof foreign = authority.impostor().server();
        try (FakeServer server =
                FakeServer.odd(
                        authority, foreign, List.of(foreign.own(), authority.root), "TLSv1.3")) {
            refuses(server, InstantSource.system(), "belongs to another cluster");
        }
    }

    @Test
    @Tag("S25")
    void tellsAnotherNodeNothing() {
        NodeIdentity.Proof node = authority.node(Duration.ofDays(1));
        try (FakeServer server =
                FakeServer.odd(authority, node, List.of(node.own(), authority.root), "TLSv1.3")) {
            refuses(server, InstantSource.system(), "is no server");
        }
    }

    @Test
    @Tag("R26")
    void saysThatTheClockIsWrong() {
        try (FakeServer server = FakeServer.start(authority)) {
            Instant late = Instant.now().plus(Duration.ofDays(2));
            refuses(
                    server,
                    InstantSource.fixed(late),
                    "is valid from",
                    "clock says " + late,
                    "most likely this one, at least 24 hours ahead; set it");
            Instant early = Instant.now().minus(Duration.ofDays(1));
            refuses(
                    server,
                    InstantSource.fixed(early),
                    "is valid from",
                    "clock says " + early,
                    "most likely this one, at least 23 hours behind; set it");
        }
    }

    @Test
    @Tag("S25")
    void refusesAnOldTls() {
        NodeIdentity.Proof proof = authority.server();
        try (FakeServer server =
                FakeServer.odd(authority, proof, List.of(proof.own(), authority.root), "TLSv1.2")) {
            refuses(server, InstantSource.system(), "does not speak TLS 1.3");
        }
    }

    @Test
    void repeatsWhyTheTokenIsRefused() {
        try (FakeServer server = FakeServer.start(authority)) {
            assertThatThrownBy(() -> Joining.join(root, order(server, "old")))
                    .isInstanceOf(LinkException.class)
                    .hasMessage(
                            "the server at %s refuses: the token was used already",
                            server.address());
        }
    }

    @Test
    void saysThatNothingAnswers() {
        int free = Ports.free();
        JoinOrder nowhere =
                new JoinOrder(
                        "127.0.0.1:" + free,
                        "secret",
                        Certificates.hash(authority.root),
                        "",
                        Map.of());
        assertThatThrownBy(() -> Joining.join(root, nowhere))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("nothing answers at 127.0.0.1:" + free)
                .hasMessageContaining("is its 'link.bind-address' set");
    }
}
