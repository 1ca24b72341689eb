package dev.millwright.server.link;

import dev.millwright.link.v1.EnrolmentGrpc;
import dev.millwright.link.v1.NodeLinkGrpc;
import dev.millwright.model.NodeName;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may call what: one table, and whatever does not stand in it is refused. Any thread.
final class LinkAccess implements ServerInterceptor {
    /// The address that a call comes from.
    static final Context.Key<String> ADDRESS = Context.key("address");

    /// The node that calls; only where [Who#NODE] is required.
    static final Context.Key<Caller> CALLER = Context.key("caller");

    /// Whom a method is for.
    enum Who {
        ANYONE,
        NODE
    }

    /// Load balancers ask for health without a certificate, by single questions. Watching it and
    /// reflection are streams, which can be held open for as long as one likes, and tell strangers
    /// what runs here: for nodes only.
    static final Map<String, Who> TABLE =
            Map.of(
                    EnrolmentGrpc.getJoinMethod().getFullMethodName(), Who.ANYONE,
                    NodeLinkGrpc.getConnectMethod().getFullMethodName(), Who.NODE,
                    NodeLinkGrpc.getRenewMethod().getFullMethodName(), Who.NODE,
                    NodeLinkGrpc.getFetchPluginMethod().getFullMethodName(), Who.NODE,
                    HealthGrpc.getCheckMethod().getFullMethodName(), Who.ANYONE,
                    HealthGrpc.getWatchMethod().getFullMethodName(), Who.NODE,
                    ServerReflectionGrpc.getServerReflectionInfoMethod().getFullMethodName(),
                            Who.NODE);

    private static final Logger log = LoggerFactory.getLogger(LinkAccess.class);

    private final LinkAuthority authority;
    private final InstantSource clock;

    LinkAccess(LinkAuthority authority, InstantSource clock) {
        this.authority = authority;
        this.clock = clock;
    }

    /// A node that has proven who it is.
    record Caller(NodeName node, X509Certificate certificate) {}

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String from = address(call.getAttributes());
        Context context = Context.current().withValue(ADDRESS, from);
        Who who = TABLE.get(call.getMethodDescriptor().getFullMethodName());
        if (who == null) {
            return refuse(call, Status.PERMISSION_DENIED.withDescription("not to be called"));
        }
        return switch (who) {
            case ANYONE -> Contexts.interceptCall(context, call, headers, next);
            case NODE -> asNode(context, from, call, headers, next);
        };
    }

    private <Q, A> ServerCall.Listener<Q> asNode(
            Context context,
            String from,
            ServerCall<Q, A> call,
            Metadata headers,
            ServerCallHandler<Q, A> next) {
        Optional<X509Certificate> shown = certificate(call.getAttributes());
        if (shown.isEmpty()) {
            return refuse(
                    call,
                    Status.UNAUTHENTICATED.withDescription(
                            "this needs the certificate of a node: join first"));
        }
        X509Certificate certificate = shown.get();
        // TLS looked at it when the connection was made, which may be long ago
        if (certificate.getNotAfter().toInstant().isBefore(clock.instant())) {
            return refuse(
                    call,
                    Status.UNAUTHENTICATED.withDescription(
                            "the certificate has expired at "
                                    + certificate.getNotAfter().toInstant()));
        }
        NodeName node;
        try {
            node = authority.identify(certificate, from);
        } catch (LinkRefusal refusal) {
            return refuse(call, refusal.status());
        } catch (RuntimeException failed) {
            log.warn("it could not be told whose certificate was shown", failed);
            return refuse(
                    call,
                    Status.UNAVAILABLE.withDescription(
                            "the server cannot tell nodes apart at the moment; try again"));
        }
        return Contexts.interceptCall(
                context.withValue(CALLER, new Caller(node, certificate)), call, headers, next);
    }

    private static <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, Status why) {
        call.close(why, new Metadata());
        return new ServerCall.Listener<>() {};
    }

    /// The certificate that was shown and that TLS has accepted.
    static Optional<X509Certificate> certificate(Attributes connection) {
        SSLSession session = connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            return Optional.empty();
        }
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate shown
                    ? Optional.of(shown)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    private static String address(Attributes connection) {
        SocketAddress remote = connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        return remote instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "unknown";
    }
}
