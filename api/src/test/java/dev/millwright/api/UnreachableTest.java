package dev.millwright.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.Unreachable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class UnreachableTest {
    @Test
    void aPortWhereNobodyListensRefuses() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        URI nobody = URI.create("http://127.0.0.1:" + port);

        try (MillwrightClient client = MillwrightClient.create(nobody)) {
            assertThatThrownBy(client::ready)
                    .hasMessage("no answer from %s: connection refused", nobody);
        }
    }

    @Test
    void aNameThatNobodyKnowsIsAnUnknownHost() {
        try (MillwrightClient client =
                MillwrightClient.create(URI.create("http://no-such-host.invalid"))) {
            assertThatThrownBy(client::ready)
                    .hasMessage("no answer from http://no-such-host.invalid: unknown host");
        }
    }

    @Test
    void theCauseIsSaidInWords() {
        IOException unresolved = new ConnectException();
        unresolved.initCause(new UnresolvedAddressException());

        assertThat(Unreachable.why(unresolved)).isEqualTo("unknown host");
        assertThat(Unreachable.why(new HttpConnectTimeoutException("x"))).isEqualTo("timed out");
        assertThat(Unreachable.why(new ConnectException("No route to host")))
                .isEqualTo("no route to host");
        assertThat(
                        Unreachable.why(
                                new SSLHandshakeException(
                                        "(certificate_unknown) PKIX path building failed",
                                        new CertPathBuilderException("no path"))))
                .isEqualTo("its certificate is not signed by anybody who is trusted here");
        assertThat(Unreachable.why(new IOException("no TLS", new SSLException("closed"))))
                .isEqualTo("closed");
        assertThat(Unreachable.why(new IOException("broke"))).isEqualTo("broke");
        assertThat(Unreachable.why(new IOException())).isEqualTo("IOException");
    }
}
