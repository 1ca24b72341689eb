package dev.millwright.server.link;

import com.google.protobuf.ByteString;
import dev.millwright.link.v1.EnrolmentGrpc;
import dev.millwright.link.v1.JoinReply;
import dev.millwright.link.v1.JoinRequest;
import dev.millwright.node.link.Pairs;
import dev.millwright.server.link.session.SessionSettings;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes in machines that are no nodes yet. Any thread.
final class EnrolmentService extends EnrolmentGrpc.EnrolmentImplBase {
    private static final Logger log = LoggerFactory.getLogger(EnrolmentService.class);
    // A request with an RSA key of 4096 bits has less than 2 KiB
    private static final int REQUEST_LIMIT = 16 * 1024;
    private static final int TOKEN_LIMIT = 1024;
    private static final int NAME_LIMIT = 255;
    private static final int LABEL_LIMIT = 64;

    private final LinkAuthority authority;
    private final SessionSettings settings;
    private final JoinRate rate;

    EnrolmentService(LinkAuthority authority, SessionSettings settings, JoinRate rate) {
        this.authority = authority;
        this.settings = settings;
        this.rate = rate;
    }

    @Override
    public void join(JoinRequest request, StreamObserver<JoinReply> reply) {
        String from = LinkAccess.ADDRESS.get();
        if (!rate.admits(from)) {
            reply.onError(
                    Status.RESOURCE_EXHAUSTED
                            .withDescription(
                                    "too many tries from %s; wait a minute".formatted(from))
                            .asRuntimeException());
            return;
        }
        String fault = fault(request);
        if (!fault.isEmpty()) {
            reply.onError(Status.INVALID_ARGUMENT.withDescription(fault).asRuntimeException());
            return;
        }
        answer(
                reply,
                () -> {
                    var issued =
                            authority.join(
                                    request.getToken(),
                                    request.getCertificateRequest().toByteArray(),
                                    request.getWantedName(),
                                    Pairs.map(request.getLabelsList()),
                                    from);
                    return JoinReply.newBuilder()
                            .setNode(issued.node().value())
                            .addAllCertificates(encoded(issued.chain()))
                            .addAllAuthorities(encoded(issued.authorities()))
                            .addAllServers(settings.servers().get())
                            .build();
                });
    }

    private static String fault(JoinRequest request) {
        if (request.getToken().isEmpty() || request.getToken().length() > TOKEN_LIMIT) {
            return "a join needs a token; get one with 'millwright node token'";
        }
        if (request.getCertificateRequest().isEmpty()
                || request.getCertificateRequest().size() > REQUEST_LIMIT) {
            return "a join needs a certificate request of at most %d bytes"
                    .formatted(REQUEST_LIMIT);
        }
        if (request.getWantedName().length() > NAME_LIMIT
                || request.getLabelsCount() > LABEL_LIMIT) {
            return "a node has a name of at most %d characters and at most %d labels"
                    .formatted(NAME_LIMIT, LABEL_LIMIT);
        }
        return "";
    }

    /// Something that is worked out when it is asked for.
    interface Work<T> {
        T now();
    }

    /// Give the answer, or say why there is none.
    static <T> void answer(StreamObserver<T> reply, Work<T> work) {
        T answer;
        try {
            answer = work.now();
        } catch (LinkRefusal refusal) {
            reply.onError(refusal.status().asRuntimeException());
            return;
        } catch (RuntimeException failed) {
            log.warn("a certificate could not be given out", failed);
            reply.onError(
                    Status.UNAVAILABLE
                            .withDescription(
                                    "the server cannot give out certificates at the moment")
                            .asRuntimeException());
            return;
        }
        reply.onNext(answer);
        reply.onCompleted();
    }

    static List<ByteString> encoded(List<X509Certificate> certificates) {
        return certificates.stream().map(EnrolmentService::encoded).toList();
    }

    private static ByteString encoded(X509Certificate certificate) {
        try {
            return ByteString.copyFrom(certificate.getEncoded());
        } catch (CertificateEncodingException unusable) {
            throw new LinkFailure("a certificate cannot be written down", unusable);
        }
    }
}
