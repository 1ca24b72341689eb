package dev.millwright.server.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.NodeName;
import dev.millwright.server.event.Journal;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The certificates in real conversations over TLS 1.3.
@Timeout(60)
class HandshakeTest {
    private static final char[] NO_PASSWORD = new char[0];

    @TempDir Path folder;
    private Database database;

    @BeforeEach
    void open() {
        database = TestDatabases.embedded(folder.resolve("db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private NodeAuthority authority(Database of, String home) {
        return NodeAuthority.create(
                of,
                Journal.create(of),
                new NodeAuthority.Settings("", folder.resolve(home), List.of(), () -> "h:1"),
                InstantSource.system());
    }

    private static TrustManager[] trust(List<X509Certificate> authorities) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setCertificateEntry("authority", authorities.getFirst());
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(KeyPair key, List<X509Certificate> chain) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("node", key.getPrivate(), NO_PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    /// What the server makes of a client that checks the server's name.
    private static X509Certificate shake(
            NodeAuthority server, KeyManager[] clientKeys, List<X509Certificate> clientTrusts)
            throws Exception {
        SSLContext serverContext = SSLContext.getInstance("TLSv1.3");
        serverContext.init(
                new KeyManager[] {server.serverKeys()}, trust(server.authorities()), null);
        SSLContext clientContext = SSLContext.getInstance("TLSv1.3");
        clientContext.init(clientKeys, trust(clientTrusts), null);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var listening =
                        (SSLServerSocket)
                                serverContext
                                        .getServerSocketFactory()
                                        .createServerSocket(
                                                0, 1, InetAddress.getLoopbackAddress())) {
            listening.setNeedClientAuth(true);
            Future<X509Certificate> seen =
                    threads.submit(() -> {
                        try (var socket = (SSLSocket) listening.accept()) {
                            var _ = socket.getInputStream().read();
                            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
                        }
                    });
            try (var socket =
                    (SSLSocket)
                            clientContext
                                    .getSocketFactory()
                                    .createSocket("localhost", listening.getLocalPort())) {
                SSLParameters strict = socket.getSSLParameters();
                strict.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(strict);
                socket.getOutputStream().write(1);
            } catch (IOException refused) {
                throw withWhatTheServerSaw(refused, seen);
            }
            return seen.get();
        }
    }

    /// A connection may break before the server's reason has come over it.
    private static IOException withWhatTheServerSaw(IOException refused, Future<?> seen)
            throws InterruptedException {
        try {
            seen.get();
        } catch (ExecutionException also) {
            refused.addSuppressed(also.getCause());
        }
        return refused;
    }

    @Test
    void aServerAndANodeKnowEachOther() throws Exception {
        NodeAuthority server = authority(database, "one");
        KeyPair key = JoinRequests.ec("secp256r1");
        String token = server.tokens().create("", Map.of(), JoinTokens.USUAL_LIFE, "ada").secret();
        var issued = server.join(token, JoinRequests.of(key), "web-1", Map.of(), "");

        X509Certificate seen = shake(server, keys(key, issued.chain()), issued.authorities());

        assertThat(server.identify(seen, "127.0.0.1")).isEqualTo(new NodeName("web-1"));
    }

    @Test
    @Tag("S21")
    void aServersKeyIsNoKeyForAClient() {
        NodeAuthority server = authority(database, "one");
        ServerKeys.Shown stolen =
                ClusterAuthority.create(database, "", folder.resolve("one"))
                        .newServerKey(
                                ServerNames.ofThisMachine(List.of()), java.time.Instant.now());

        assertThatThrownBy(() ->
                        shake(
                                server,
                                keys(
                                        new KeyPair(
                                                stolen.chain().getFirst().getPublicKey(),
                                                stolen.key()),
                                        stolen.chain()),
                                server.authorities()))
                .hasStackTraceContaining("Extended key usage");
    }

    @Test
    void aNodeRefusesTheServerOfAnotherCluster() throws Exception {
        NodeAuthority server = authority(database, "one");
        try (Database elsewhere = TestDatabases.embedded(folder.resolve("db2"))) {
            NodeAuthority other = authority(elsewhere, "two");

            assertThatThrownBy(() -> shake(server, new KeyManager[0], other.authorities()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("PKIX");
        }
    }
}
