package dev.millwright.node.link;

import io.grpc.Status;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// Says in plain words why a call to a server went wrong. Pure.
final class LinkFailure {
    private LinkFailure() {}

    /// @param trust of the connection that the call was made on
    static String words(String server, ServerTrust trust, Status status) {
        if (trust.refusal().isPresent()) {
            return trust.refusal().get();
        }
        return switch (status.getCode()) {
            case UNAVAILABLE -> unavailable(server, status);
            case DEADLINE_EXCEEDED -> "the server at %s does not answer".formatted(server);
            case UNAUTHENTICATED,
                    PERMISSION_DENIED,
                    NOT_FOUND,
                    INVALID_ARGUMENT,
                    FAILED_PRECONDITION ->
                    "the server at %s refuses: %s".formatted(server, description(status));
            case UNIMPLEMENTED ->
                    "what answers at %s is no port for nodes: %s"
                            .formatted(server, description(status));
            case OK -> "the server at %s ended the conversation".formatted(server);
            default ->
                    "the server at %s failed: %s %s"
                            .formatted(server, status.getCode(), description(status));
        };
    }

    private static String unavailable(String server, Status status) {
        String all =
                Stream.iterate(status.getCause(), cause -> cause != null, Throwable::getCause)
                        .map(Throwable::toString)
                        .reduce(description(status), (left, right) -> left + "; " + right)
                        .toLowerCase(Locale.ROOT);
        if (has(status, UnknownHostException.class) || all.contains("unable to resolve host")) {
            return "there is no host '%s'".formatted(ServerAddress.parse(server).host());
        }
        if (all.contains("certificate_expired")) {
            return ("the server at %s takes this node's certificate for expired; join again, or set"
                            + " this machine's clock")
                    .formatted(server);
        }
        if (all.contains("protocol_version") || all.contains("no appropriate protocol")) {
            return "what answers at %s does not speak TLS 1.3".formatted(server);
        }
        if (all.contains("unsupported or unrecognized ssl message")) {
            return ("what answers at %s does not speak TLS; is it the server's web port? Nodes have a"
                            + " port of their own ('link.port', 10001 by default)")
                    .formatted(server);
        }
        if (has(status, ConnectException.class)) {
            return ("nothing answers at %s: %s; is the server up, is its 'link.bind-address' set, does a"
                            + " firewall stand in between?")
                    .formatted(server, deepest(status));
        }
        return has(status, SSLException.class)
                ? "no trust could be established with %s: %s".formatted(server, deepest(status))
                : "the connection to %s is lost: %s".formatted(server, deepest(status));
    }

    private static boolean has(Status status, Class<? extends Throwable> kind) {
        return Stream.iterate(status.getCause(), cause -> cause != null, Throwable::getCause)
                .anyMatch(kind::isInstance);
    }

    private static String deepest(Status status) {
        return Stream.iterate(status.getCause(), cause -> cause != null, Throwable::getCause)
                .map(Throwable::getMessage)
                .filter(text -> text != null && !text.isBlank())
                .reduce((_, last) -> last)
                .orElse(description(status));
    }

    private static String description(Status status) {
        String text = status.getDescription();
        return text == null ? status.getCode().toString() : text;
    }
}
