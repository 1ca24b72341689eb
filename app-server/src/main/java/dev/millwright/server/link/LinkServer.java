package dev.millwright.server.link;

import dev.millwright.link.v1.EnrolmentGrpc;
import dev.millwright.link.v1.NodeLinkGrpc;
import dev.millwright.server.link.session.NodeSessions;
import dev.millwright.server.link.session.SessionSettings;
import dev.millwright.server.node.NodeHost;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The port on which nodes come in. Any thread.
public final class LinkServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LinkServer.class);

    /// It tells of each broken connection on standard error, past the log of the server. Held here,
    /// because loggers of the JDK forget their level with the last one who knows them.
    private static final java.util.logging.Logger GRPC =
            java.util.logging.Logger.getLogger("io.grpc");

    /// It warns with a whole stack trace of each call that the other end breaks: a stranger could
    /// fill the disk with them.
    private static final java.util.logging.Logger TRANSPORT =
            java.util.logging.Logger.getLogger(NettyServerBuilder.class.getPackageName());

    private static final Duration CHECKS = Duration.ofMillis(500);
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    // Netty's own default beside it is twice the number of processors
    private final NioEventLoopGroup acceptors = new NioEventLoopGroup(1, threads("link-accept"));
    private final NioEventLoopGroup connections = new NioEventLoopGroup(0, threads("link-net"));
    private final Executor work =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("link-", 0).factory());
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, threads("link-timer"));
    private final HealthStatusManager health = new HealthStatusManager();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final NodeSessions sessions;
    private final Server server;

    private LinkServer(
            LinkSettings settings,
            LinkPatience patience,
            LinkAuthority authority,
            NodeHost host,
            InstantSource clock) {
        GRPC.setLevel(Level.WARNING);
        TRANSPORT.setLevel(Level.SEVERE);
        SessionSettings told =
                new SessionSettings(
                        settings.servers(),
                        settings.heartbeat(),
                        settings.silence(),
                        clock,
                        settings.plugins()::plugins);
        StrangerLimit strangers = new StrangerLimit(LinkLimits.STRANGERS, LinkLimits.ALL_STRANGERS);
        HandshakeWatch handshakes = new HandshakeWatch(authority::distrusted, work);
        ConnectionCalls calls = new ConnectionCalls(LinkLimits.CALLS);
        sessions = new NodeSessions(host, told, work);
        timer.setRemoveOnCancelPolicy(true);
        server =
                LinkLimits.apply(
                                NettyServerBuilder.forAddress(settings.address())
                                        .sslContext(LinkTls.create(authority)),
                                patience)
                        .channelFactory(() -> listening(strangers, handshakes))
                        .bossEventLoopGroup(acceptors)
                        .workerEventLoopGroup(connections)
                        .executor(work)
                        .addTransportFilter(strangers.acquaintances())
                        .addTransportFilter(calls.connections())
                        // The last one is asked first
                        .intercept(new CallLimit(timer, patience.call()))
                        .intercept(new LinkAccess(authority, clock))
                        .intercept(calls)
                        .addService(
                                new EnrolmentService(
                                        authority, told, new JoinRate(System::nanoTime)))
                        .addService(
                                new NodeLinkService(
                                        authority, sessions, new PluginParts(settings.plugins())))
                        .addService(health.getHealthService())
                        .addService(ProtoReflectionServiceV1.newInstance())
                        .build();
        authority.onRevoked(sessions::revoked);
    }

    /// Listen.
    ///
    /// @param clock for the end of certificates
    /// @throws LinkFailure if the address is taken or the certificates are unusable
    public static LinkServer start(
            LinkSettings settings, LinkAuthority authority, NodeHost host, InstantSource clock) {
        return start(settings, LinkPatience.DEFAULT, authority, host, clock);
    }

    static LinkServer start(
            LinkSettings settings,
            LinkPatience patience,
            LinkAuthority authority,
            NodeHost host,
            InstantSource clock) {
        LinkServer link = new LinkServer(settings, patience, authority, host, clock);
        try {
            var _ = link.server.start();
        } catch (IOException taken) {
            link.close();
            throw new LinkFailure(
                    "nodes cannot come in on %s: %s; choose another address or port"
                            .formatted(settings.address(), taken.getMessage()),
                    taken);
        }
        var _ =
                link.timer.scheduleWithFixedDelay(
                        link::check, CHECKS.toMillis(), CHECKS.toMillis(), TimeUnit.MILLISECONDS);
        link.health.setStatus(EnrolmentGrpc.SERVICE_NAME, ServingStatus.SERVING);
        link.health.setStatus(NodeLinkGrpc.SERVICE_NAME, ServingStatus.SERVING);
        return link;
    }

    /// The port that it listens on.
    public int port() {
        return server.getPort();
    }

    /// Full names of all methods that are served.
    Set<String> methods() {
        return server.getServices().stream()
                .flatMap(service -> service.getMethods().stream())
                .map(method -> method.getMethodDescriptor().getFullMethodName())
                .collect(Collectors.toSet());
    }

    private void check() {
        try {
            sessions.check();
        } catch (RuntimeException failed) {
            // An exception would end the checks for good
            log.error("the streams of the nodes could not be looked at", failed);
        }
    }

    /// Tell every node to go to another server, and stop listening. Takes a few seconds at most.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        health.enterTerminalState();
        sessions.close(FAREWELL);
        var _ = server.shutdown();
        try {
            if (!server.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                var _ = server.shutdownNow().awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            var _ = server.shutdownNow();
        }
        var _ = timer.shutdownNow();
        // Not the threads of the work: a host that is still busy is told later that a node has gone
        var _ = acceptors.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        var _ = connections.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private static NioServerSocketChannel listening(
            StrangerLimit strangers, HandshakeWatch handshakes) {
        NioServerSocketChannel channel = new NioServerSocketChannel();
        var _ = channel.pipeline().addLast(strangers, handshakes);
        return channel;
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofPlatform().daemon().name(name + "-", 0).factory();
    }
}
