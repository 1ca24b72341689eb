package dev.millwright.node.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.millwright.link.v1.EnrolmentGrpc;
import dev.millwright.link.v1.JoinReply;
import dev.millwright.link.v1.JoinRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// What a node says of servers that it cannot talk to, and what it leaves behind.
class LinkNetworkTest {
    private final TestAuthority authority = new TestAuthority();
    private final LinkNetwork network = new LinkNetwork(Duration.ofSeconds(20));

    /// What went wrong, in words.
    private String words(String server, NodeIdentity.@Nullable Proof proof, Duration patience) {
        ServerTrust trust = ServerTrust.of(server, List.of(authority.root), InstantSource.system());
        try (LinkConnection connection = network.open(server, trust, proof)) {
            StatusRuntimeException failed =
                    catchThrowableOfType(
                            StatusRuntimeException.class, () -> ask(connection, patience));
            return LinkFailure.words(server, trust, failed.getStatus());
        }
    }

    private static JoinReply ask(LinkConnection connection, Duration patience) {
        return EnrolmentGrpc.newBlockingStub(connection.channel())
                .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS)
                .join(
                        JoinRequest.newBuilder()
                                .setToken("secret")
                                .setCertificateRequest(
                                        ByteString.copyFrom(NodeKeys.request(NodeKeys.create())))
                                .build());
    }

    private static String address(ServerSocket server) {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @Test
    void talksToAServerOfItsCluster() {
        try (FakeServer server = FakeServer.start(authority);
                LinkConnection connection =
                        network.open(
                                server.address(),
                                ServerTrust.of(
                                        server.address(),
                                        List.of(authority.root),
                                        InstantSource.system()),
                                authority.node(Duration.ofDays(1)))) {
            assertThat(ask(connection, Duration.ofSeconds(20)).getNode()).isEqualTo("n1");
        }
    }

    @Test
    void tellsAWebPortApart() throws IOException {
        try (ServerSocket web = listen()) {
            Thread.ofVirtual().start(() -> answer(web));

            assertThat(words(address(web), null, Duration.ofSeconds(20)))
                    .contains("does not speak TLS; is it the server's web port?");
        }
    }

    private static void answer(ServerSocket web) {
        try (Socket node = web.accept()) {
            assertThat(node.getInputStream().read()).isNotNegative();
            node.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
            node.shutdownOutput();
            node.getInputStream().readAllBytes();
        } catch (IOException gone) {
            // by the test
        }
    }

    @Test
    void tellsThatThereIsNoSuchHost() {
        assertThat(words("nowhere.invalid:10001", null, Duration.ofSeconds(20)))
                .isEqualTo("there is no host 'nowhere.invalid'");
    }

    /// The server says so when the handshake is over for the node, which reads only the end of its
    /// stream then.
    @RepeatedTest(5)
    void tellsWhyTheServerRefusesItsCertificate() {
        Instant past = Instant.now().minusSeconds(60);
        NodeIdentity.Proof expired =
                authority.issue(
                        "spiffe://millwright/node/n1", past.minus(Duration.ofDays(1)), past);
        try (FakeServer server = FakeServer.start(authority)) {
            assertThat(words(server.address(), expired, Duration.ofSeconds(20)))
                    .contains(
                            "no trust could be established", "Received fatal alert: certificate_");
        }
    }

    @Test
    void tellsThatItsCertificateHasExpired() {
        Status refused =
                Status.UNAVAILABLE.withCause(
                        new SSLHandshakeException(
                                "(certificate_expired) Received fatal alert: certificate_expired"));
        ServerTrust trust =
                ServerTrust.of("ci:10001", List.of(authority.root), InstantSource.system());

        assertThat(LinkFailure.words("ci:10001", trust, refused))
                .startsWith("the server at ci:10001 takes this node's certificate for expired;");
    }

    @Test
    void leavesNothingBehindWhereNobodyAnswers() throws IOException {
        try (ServerSocket silent = listen()) {
            assertThat(words(address(silent), null, Duration.ofMillis(200)))
                    .contains("does not answer");

            try (Socket node = silent.accept()) {
                node.setSoTimeout(10_000);
                node.getInputStream().readAllBytes();
            }
        }
    }
}
