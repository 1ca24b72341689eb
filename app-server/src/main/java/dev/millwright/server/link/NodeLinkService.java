package dev.millwright.server.link;

import dev.millwright.link.v1.FetchPluginRequest;
import dev.millwright.link.v1.NodeLinkGrpc;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.link.v1.PluginPart;
import dev.millwright.link.v1.RenewReply;
import dev.millwright.link.v1.RenewRequest;
import dev.millwright.link.v1.ServerMessage;
import dev.millwright.server.link.session.NodeSession;
import dev.millwright.server.link.session.NodeSessions;
import dev.millwright.server.node.NodeLine;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Objects;

/// Serves nodes that have proven who they are. Any thread.
final class NodeLinkService extends NodeLinkGrpc.NodeLinkImplBase {
    private final LinkAuthority authority;
    private final NodeSessions sessions;
    private final PluginParts plugins;

    NodeLinkService(LinkAuthority authority, NodeSessions sessions, PluginParts plugins) {
        this.authority = authority;
        this.sessions = sessions;
        this.plugins = plugins;
    }

    @Override
    public StreamObserver<NodeMessage> connect(StreamObserver<ServerMessage> replies) {
        LinkAccess.Caller caller = LinkAccess.CALLER.get();
        NodeSession session =
                sessions.open(
                        caller.node(),
                        caller.certificate().getNotAfter().toInstant(),
                        (ServerCallStreamObserver<ServerMessage>) replies);
        try {
            // It may have been revoked after it was looked at and before the stream stood in the
            // list of those that a revocation cuts
            var _ = authority.identify(caller.certificate(), LinkAccess.ADDRESS.get());
        } catch (LinkRefusal refusal) {
            session.dismiss(NodeLine.Dismissal.REMOVED, Objects.toString(refusal.getMessage(), ""));
        }
        return session;
    }

    @Override
    public void fetchPlugin(FetchPluginRequest request, StreamObserver<PluginPart> reply) {
        plugins.answer(request, reply);
    }

    @Override
    public void renew(RenewRequest request, StreamObserver<RenewReply> reply) {
        LinkAccess.Caller caller = LinkAccess.CALLER.get();
        EnrolmentService.answer(
                reply,
                () -> {
                    var issued =
                            authority.renew(
                                    caller.certificate(),
                                    request.getCertificateRequest().toByteArray());
                    return RenewReply.newBuilder()
                            .addAllCertificates(EnrolmentService.encoded(issued.chain()))
                            .addAllAuthorities(EnrolmentService.encoded(issued.authorities()))
                            .build();
                });
    }
}
