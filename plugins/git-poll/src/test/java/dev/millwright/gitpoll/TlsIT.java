package dev.millwright.gitpoll;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.millwright.testkit.Programs;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The built plugin against a server whose certificate nobody has signed.
@Timeout(120)
final class TlsIT {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir Path folder;

    private SSLContext selfSigned() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Programs.run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        String.valueOf(PASSWORD),
                        "-keystore",
                        keys.toString()));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefusedAndNoPasswordSent() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
        server.createContext(
                "/",
                exchange -> {
                    requests.incrementAndGet();
                    exchange.sendResponseHeaders(401, -1);
                    exchange.close();
                });
        server.start();
        try (Looking looking = Looking.everywhere()) {
            String url = "https://127.0.0.1:%d/web.git".formatted(server.getAddress().getPort());
            assertThat(looking.failure(url, "user", "ada", "password", "${env:GIT}").reason())
                    .containsIgnoringCase("certif");
            assertThat(requests).hasValue(0);
        } finally {
            server.stop(0);
        }
    }
}
