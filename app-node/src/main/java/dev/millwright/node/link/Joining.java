package dev.millwright.node.link;

import com.google.protobuf.ByteString;
import dev.millwright.link.v1.EnrolmentGrpc;
import dev.millwright.link.v1.JoinReply;
import dev.millwright.link.v1.JoinRequest;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Makes this machine a node. One thread.
public final class Joining {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private Joining() {}

    /// Join and keep the identity below the node's folder. The token leaves this machine only after
    /// the server has shown that it belongs to the authority of the order. Throws [LinkException]
    /// saying what went wrong and what to do; [JoinRefusedException] when the server says no.
    public static NodeIdentity join(Path root, JoinOrder order) {
        return join(root, order, InstantSource.system());
    }

    /// @param clock of this machine
    static NodeIdentity join(Path root, JoinOrder order, InstantSource clock) {
        ServerTrust trust = ServerTrust.hashed(order.server(), order.authority(), clock);
        KeyPair key = new IdentityFolder(root).nextKey();
        JoinRequest request =
                JoinRequest.newBuilder()
                        .setToken(order.token())
                        .setCertificateRequest(ByteString.copyFrom(NodeKeys.request(key)))
                        .setWantedName(order.wantedName())
                        .addAllLabels(Pairs.of(order.labels()))
                        .build();
        LinkNetwork network = new LinkNetwork(CONNECT);
        try (LinkConnection connection = network.open(order.server(), trust, null)) {
            return keep(root, order, key, ask(connection.channel(), request));
        } catch (StatusRuntimeException failed) {
            String words = LinkFailure.words(order.server(), trust, failed.getStatus());
            throw switch (failed.getStatus().getCode()) {
                case UNAUTHENTICATED, PERMISSION_DENIED -> new JoinRefusedException(words, failed);
                default -> new LinkException(words, failed);
            };
        }
    }

    private static JoinReply ask(Channel channel, JoinRequest request) {
        return EnrolmentGrpc.newBlockingStub(channel)
                .withDeadlineAfter(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                .join(request);
    }

    private static NodeIdentity keep(Path root, JoinOrder order, KeyPair key, JoinReply reply) {
        String place = "the answer of the server at " + order.server();
        List<X509Certificate> authorities = certificates(reply.getAuthoritiesList(), place);
        if (authorities.stream()
                .noneMatch(one -> Certificates.hash(one).equals(order.authority()))) {
            throw new LinkException(place + " lacks the authority that made the token");
        }
        NodeIdentity.Proof proof =
                new NodeIdentity.Proof(
                        key, certificates(reply.getCertificatesList(), place), authorities);
        List<String> servers =
                reply.getServersList().isEmpty()
                        ? List.of(order.server())
                        : List.copyOf(reply.getServersList());
        return NodeIdentity.store(root, reply.getNode(), proof, servers);
    }

    static List<X509Certificate> certificates(List<ByteString> encoded, String place) {
        return Certificates.read(encoded.stream().map(ByteString::toByteArray).toList(), place);
    }
}
