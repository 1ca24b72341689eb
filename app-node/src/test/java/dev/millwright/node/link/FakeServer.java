package dev.millwright.node.link;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.millwright.link.v1.EnrolmentGrpc;
import dev.millwright.link.v1.FetchPluginRequest;
import dev.millwright.link.v1.Hello;
import dev.millwright.link.v1.JoinReply;
import dev.millwright.link.v1.JoinRequest;
import dev.millwright.link.v1.Log;
import dev.millwright.link.v1.NodeLinkGrpc;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.link.v1.PluginPart;
import dev.millwright.link.v1.RenewReply;
import dev.millwright.link.v1.RenewRequest;
import dev.millwright.link.v1.ServerMessage;
import dev.millwright.link.v1.Welcome;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;

/// A server at the other end of a real connection, which says what the test wants.
final class FakeServer implements AutoCloseable {
    private static final Context.Key<BigInteger> SERIAL = Context.key("serial");

    private final TestAuthority authority;
    final FakeStore store;
    final List<JoinRequest> joins = new CopyOnWriteArrayList<>();

    /// Serial numbers of the certificates that were renewed.
    final List<BigInteger> renewed = new CopyOnWriteArrayList<>();

    final List<FakeLine> lines = new CopyOnWriteArrayList<>();
    volatile Function<Hello, Welcome> greeting = _ -> welcome().build();
    volatile boolean acknowledging = true;

    /// Every plugin has this file.
    volatile byte[] plugin = {};

    final List<FetchPluginRequest> fetched = new CopyOnWriteArrayList<>();

    /// Log chunks for which this is true are stored, but nobody tells the node: the line is cut.
    volatile Predicate<Log> cutting = _ -> false;

    volatile Duration life = Duration.ofDays(1);
    private final Server server;

    private FakeServer(
            TestAuthority authority,
            FakeStore store,
            int port,
            NodeIdentity.Proof proof,
            List<X509Certificate> chain,
            String protocol) {
        this.authority = authority;
        this.store = store;
        try {
            SslContextBuilder tls =
                    SslContextBuilder.forServer(
                                    proof.key().getPrivate(), chain.toArray(X509Certificate[]::new))
                            .clientAuth(ClientAuth.OPTIONAL)
                            .trustManager(authority.root);
            server =
                    NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
                            .sslContext(
                                    GrpcSslContexts.configure(tls, SslProvider.JDK)
                                            .protocols(protocol)
                                            .build())
                            .permitKeepAliveTime(1, TimeUnit.SECONDS)
                            .addService(new Enrolments())
                            .addService(new Links())
                            .intercept(new Peers())
                            .build()
                            .start();
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    static FakeServer start(TestAuthority authority) {
        return start(authority, new FakeStore(), 0);
    }

    static FakeServer start(TestAuthority authority, FakeStore store, int port) {
        NodeIdentity.Proof proof = authority.server();
        return new FakeServer(
                authority, store, port, proof, List.of(proof.own(), authority.root), "TLSv1.3");
    }

    /// @param chain what it shows
    static FakeServer odd(
            TestAuthority authority,
            NodeIdentity.Proof proof,
            List<X509Certificate> chain,
            String protocol) {
        return new FakeServer(authority, new FakeStore(), 0, proof, chain, protocol);
    }

    int port() {
        return server.getPort();
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    static Welcome.Builder welcome() {
        return Welcome.newBuilder().setProtocol(1).setNode("n1").setHeartbeatMillis(50);
    }

    FakeLine line(int number) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> lines.size() > number && lines.get(number).isSettled());
        return lines.get(number);
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private List<ByteString> der(X509Certificate... certificates) {
        return List.of(certificates).stream()
                .map(Certificates::der)
                .map(ByteString::copyFrom)
                .toList();
    }

    private final class Enrolments extends EnrolmentGrpc.EnrolmentImplBase {
        @Override
        public void join(JoinRequest request, StreamObserver<JoinReply> reply) {
            joins.add(request);
            if (!request.getToken().equals("secret")) {
                reply.onError(
                        Status.PERMISSION_DENIED
                                .withDescription("the token was used already")
                                .asRuntimeException());
                return;
            }
            reply.onNext(
                    JoinReply.newBuilder()
                            .setNode("n1")
                            .addAllCertificates(
                                    der(
                                            authority.sign(
                                                    request.getCertificateRequest().toByteArray(),
                                                    life)))
                            .addAllAuthorities(der(authority.root))
                            .addServers(address())
                            .build());
            reply.onCompleted();
        }
    }

    private final class Links extends NodeLinkGrpc.NodeLinkImplBase {
        @Override
        public StreamObserver<NodeMessage> connect(StreamObserver<ServerMessage> out) {
            FakeLine line = new FakeLine(FakeServer.this, out, SERIAL.get());
            lines.add(line);
            return line;
        }

        @Override
        public void fetchPlugin(FetchPluginRequest request, StreamObserver<PluginPart> reply) {
            fetched.add(request);
            reply.onNext(PluginPart.newBuilder().setData(ByteString.copyFrom(plugin)).build());
            reply.onCompleted();
        }

        @Override
        public void renew(RenewRequest request, StreamObserver<RenewReply> reply) {
            renewed.add(SERIAL.get());
            reply.onNext(
                    RenewReply.newBuilder()
                            .addAllCertificates(
                                    der(
                                            authority.sign(
                                                    request.getCertificateRequest().toByteArray(),
                                                    life)))
                            .addAllAuthorities(der(authority.root))
                            .build());
            reply.onCompleted();
        }
    }

    /// Finds out who calls.
    private static final class Peers implements ServerInterceptor {
        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            Context context = Context.current();
            try {
                var session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
                X509Certificate peer = (X509Certificate) session.getPeerCertificates()[0];
                context = context.withValue(SERIAL, peer.getSerialNumber());
            } catch (SSLPeerUnverifiedException stranger) {
                context = context.withValue(SERIAL, BigInteger.ZERO);
            }
            return Contexts.interceptCall(context, call, headers, next);
        }
    }
}
