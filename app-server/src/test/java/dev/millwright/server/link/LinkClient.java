package dev.millwright.server.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.link.v1.EnrolmentGrpc;
import dev.millwright.link.v1.NodeLinkGrpc;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.link.v1.Plugins;
import dev.millwright.link.v1.ServerMessage;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.security.cert.X509Certificate;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One connection to a server, as a node or somebody else makes it.
final class LinkClient implements AutoCloseable {
    private final ManagedChannel channel;

    private LinkClient(ManagedChannel channel) {
        this.channel = channel;
    }

    /// @param keys null for somebody without a certificate
    static LinkClient connect(
            LinkServer server, TestAuthority authority, @Nullable FixedKeys keys) {
        return connect(server, authority, keys, "TLSv1.3");
    }

    static LinkClient connect(
            LinkServer server, TestAuthority authority, @Nullable FixedKeys keys, String tls) {
        try {
            SslContextBuilder ssl =
                    GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
                            .protocols(tls)
                            .trustManager(authority.authorities().toArray(X509Certificate[]::new));
            if (keys != null) {
                ssl.keyManager(keys);
            }
            return new LinkClient(
                    NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                            .sslContext(ssl.build())
                            .build());
        } catch (SSLException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static LinkClient plaintext(LinkServer server) {
        return new LinkClient(
                NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build());
    }

    ManagedChannel channel() {
        return channel;
    }

    EnrolmentGrpc.EnrolmentBlockingStub enrolment() {
        return EnrolmentGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    NodeLinkGrpc.NodeLinkBlockingStub link() {
        return NodeLinkGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    ServingStatus health() {
        return HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    Talk talk() {
        return talk(new Metadata());
    }

    Talk talk(Metadata headers) {
        Talk talk = new Talk();
        talk.out =
                NodeLinkGrpc.newStub(channel)
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                        .connect(talk);
        return talk;
    }

    /// One stream.
    static final class Talk implements StreamObserver<ServerMessage> {
        private final BlockingQueue<ServerMessage> heard = new LinkedBlockingQueue<>();
        private final BlockingQueue<ServerMessage> plugins = new LinkedBlockingQueue<>();
        private final CompletableFuture<Status> end = new CompletableFuture<>();
        private @Nullable StreamObserver<NodeMessage> out;

        Talk say(NodeMessage message) {
            assertThat(out).isNotNull();
            out.onNext(message);
            return this;
        }

        /// Say Hello and hear Welcome.
        Talk greet() throws InterruptedException {
            say(LinkTalk.hello());
            assertThat(hear().hasWelcome()).isTrue();
            return this;
        }

        void complete() {
            assertThat(out).isNotNull();
            out.onCompleted();
        }

        ServerMessage hear() throws InterruptedException {
            return hear(heard);
        }

        /// What is said about plugins, which may come at any time.
        Plugins hearPlugins() throws InterruptedException {
            return hear(plugins).getPlugins();
        }

        private ServerMessage hear(BlockingQueue<ServerMessage> from) throws InterruptedException {
            ServerMessage next = from.poll(5, TimeUnit.SECONDS);
            assertThat(next)
                    .as("a message of the server; the stream: %s", end.getNow(Status.UNKNOWN))
                    .isNotNull();
            return next;
        }

        /// How the stream ended; waits for it.
        Status end() throws Exception {
            return end.get(20, TimeUnit.SECONDS);
        }

        boolean isOpen() {
            return !end.isDone();
        }

        boolean hasHeardNothing() {
            return heard.isEmpty();
        }

        @Override
        public void onNext(ServerMessage message) {
            (message.hasPlugins() ? plugins : heard).add(message);
        }

        @Override
        public void onError(Throwable failure) {
            end.complete(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            end.complete(Status.OK);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
