package dev.millwright.bench.node;

import com.google.protobuf.ByteString;
import dev.millwright.api.server.NodeTokenRequest;
import dev.millwright.bench.measure.BenchException;
import dev.millwright.bench.server.ServerProcess;
import dev.millwright.link.v1.EnrolmentGrpc;
import dev.millwright.link.v1.JoinReply;
import dev.millwright.link.v1.JoinRequest;
import dev.millwright.node.link.NodeKeys;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/// A node's name and how it proves that it has joined.
///
/// @param tls shows the node's certificate and trusts the cluster's authority only
record Membership(String name, SslContext tls) {
    private static final SslContext STRANGER =
            tls(client().trustManager(InsecureTrustManagerFactory.INSTANCE), "a stranger");

    /// Join with a token that is made for it through the API.
    static Membership join(ServerProcess server, Network network, int place, String name) {
        String command =
                server.client()
                        .createNodeToken(new NodeTokenRequest(name, Map.of(), "15m"))
                        .command();
        String[] words = command.split(" ", -1);
        String token = words[List.of(words).indexOf("--token") + 1];
        KeyPair key = NodeKeys.create();
        // Whom it talks to does not matter here: the server was started by this program
        ManagedChannel stranger = network.open(place, STRANGER);
        try {
            JoinReply reply =
                    EnrolmentGrpc.newBlockingStub(stranger)
                            .withDeadlineAfter(20, TimeUnit.SECONDS)
                            .join(
                                    JoinRequest.newBuilder()
                                            .setToken(token)
                                            .setCertificateRequest(
                                                    ByteString.copyFrom(NodeKeys.request(key)))
                                            .build());
            SslContextBuilder tls =
                    client().trustManager(certificates(reply.getAuthoritiesList()))
                            .keyManager(
                                    key.getPrivate(), certificates(reply.getCertificatesList()));
            return new Membership(name, tls(tls, name));
        } finally {
            stranger.shutdownNow();
        }
    }

    /// The native provider costs a node a fraction of what Java's does: it is the server that is
    /// measured, and both sides share the machine.
    private static SslContextBuilder client() {
        SslProvider provider = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
        return GrpcSslContexts.configure(SslContextBuilder.forClient(), provider)
                .protocols("TLSv1.3");
    }

    private static SslContext tls(SslContextBuilder builder, String whose) {
        try {
            return builder.build();
        } catch (SSLException unusable) {
            throw new BenchException("TLS of %s: %s".formatted(whose, unusable), unusable);
        }
    }

    private static X509Certificate[] certificates(List<ByteString> encoded) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            X509Certificate[] all = new X509Certificate[encoded.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] =
                        (X509Certificate)
                                factory.generateCertificate(
                                        new ByteArrayInputStream(encoded.get(i).toByteArray()));
            }
            return all;
        } catch (CertificateException damaged) {
            throw new BenchException("the server gave a certificate that is none", damaged);
        }
    }
}
