package dev.millwright.server.link;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// A client of HTTP/2 that writes whatever frames it likes.
final class RawHttp2 implements AutoCloseable {
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int END_HEADERS = 4;

    private final SSLSocket socket;
    private final DataOutputStream out;

    RawHttp2(LinkServer server, TestAuthority authority)
            throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority.authorities().getFirst());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, trust.getTrustManagers(), null);
        Socket plain = context.getSocketFactory().createSocket("127.0.0.1", server.port());
        socket = (SSLSocket) plain;
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        out = new DataOutputStream(socket.getOutputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
        out.flush();
    }

    /// Ask for something and take it back at once.
    void askAndReset(int stream, String path) throws IOException {
        frame(HEADERS, END_HEADERS, stream, headers(path));
        frame(RESET, 0, stream, new byte[] {0, 0, 0, 8});
        out.flush();
    }

    /// Read until the server closes the connection.
    void awaitClosed(int millis) throws IOException {
        socket.setSoTimeout(millis);
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        while (in.read(buffer) >= 0) {
            // what the server says does not matter
        }
    }

    private void frame(int type, int flags, int stream, byte[] content) throws IOException {
        out.writeByte(content.length >> 16);
        out.writeShort(content.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(content);
    }

    private static byte[] headers(String path) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (var header :
                Map.of(
                                ":method", "POST",
                                ":scheme", "https",
                                ":path", path,
                                ":authority", "localhost")
                        .entrySet()) {
            literal(block, header.getKey(), header.getValue());
        }
        literal(block, "content-type", "application/grpc");
        literal(block, "te", "trailers");
        return block.toByteArray();
    }

    /// A header that is neither compressed nor remembered.
    private static void literal(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        for (String part : new String[] {name, value}) {
            block.write(part.length());
            block.writeBytes(part.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
