package dev.millwright.model;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Words for why no answer came; Java's own are the names of its classes.
public final class Unreachable {
    private Unreachable() {}

    /// A few words, such as `connection refused` or `unknown host`, that stand well behind a colon.
    public static String why(Throwable problem) {
        String why = text(problem.getMessage(), problem.getClass().getSimpleName());
        for (Throwable at = problem; at != null; at = at.getCause()) {
            switch (at) {
                case UnresolvedAddressException _ -> {
                    return "unknown host";
                }
                case UnknownHostException _ -> {
                    return "unknown host";
                }
                case CertPathBuilderException _ -> {
                    return "its certificate is not signed by anybody who is trusted here";
                }
                case HttpTimeoutException _ -> {
                    return "timed out";
                }
                case SocketTimeoutException _ -> {
                    return "timed out";
                }
                // A refusal comes without words; whatever else stops a connection has some.
                case ConnectException refused ->
                        why =
                                text(refused.getMessage(), "connection refused")
                                        .toLowerCase(Locale.ROOT);
                case SSLException tls -> why = text(tls.getMessage(), "TLS failed");
                default -> {}
            }
        }
        return why;
    }

    private static String text(@Nullable String message, String otherwise) {
        return message == null || message.isBlank() ? otherwise : message;
    }
}
