package dev.millwright.node.link;

import io.grpc.okhttp.OkHttpChannelBuilder;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// Opens connections to servers: TLS 1.3 only, by Java's own TLS, on virtual threads. Called from
/// any thread.
final class LinkNetwork {
    /// It tells of its inner workings on standard error, past the log of the program.
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    private static final int LARGEST_MESSAGE = 16 << 20;

    /// What a server may send before the node has taken it in: enough for a whole part of a plugin.
    private static final int WINDOW = 1 << 20;

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    /// Needs no end of its own: its threads end with what they do.
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final Duration connectTimeout;

    /// @param connectTimeout for the connection itself
    LinkNetwork(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
        GRPC.setLevel(Level.SEVERE);
    }

    /// Nothing is sent before the first call.
    ///
    /// @param proof shown to the server; null for a machine that is no node yet
    LinkConnection open(String server, ServerTrust trust, NodeIdentity.@Nullable Proof proof) {
        ServerAddress address = ServerAddress.parse(server);
        LinkSockets sockets = new LinkSockets(tls(trust, proof), connectTimeout);
        return new LinkConnection(
                OkHttpChannelBuilder.forAddress(address.host(), address.port())
                        // Each socket that is made speaks TLS already, and keeps why it broke
                        .usePlaintext()
                        .socketFactory(sockets)
                        .proxyDetector(_ -> null)
                        .transportExecutor(threads)
                        .executor(threads)
                        .offloadExecutor(threads)
                        .disableServiceConfigLookUp()
                        .disableRetry()
                        .keepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                        .keepAliveTimeout(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                        .flowControlWindow(WINDOW)
                        .maxInboundMessageSize(LARGEST_MESSAGE)
                        .build(),
                sockets,
                threads);
    }

    private static SSLSocketFactory tls(ServerTrust trust, NodeIdentity.@Nullable Proof proof) {
        try {
            SSLContext tls = SSLContext.getInstance("TLSv1.3");
            KeyManager[] shown =
                    proof == null ? new KeyManager[0] : new KeyManager[] {new NodeProof(proof)};
            tls.init(shown, new TrustManager[] {trust}, null);
            return tls.getSocketFactory();
        } catch (GeneralSecurityException unusable) {
            throw new LinkException("TLS cannot be used: " + unusable.getMessage(), unusable);
        }
    }
}
