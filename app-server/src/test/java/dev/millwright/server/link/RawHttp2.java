package dev.millwright.server.link;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A client of HTTP/2 that writes whatever frames it likes and reads nothing unless it is told to.
/// One thread.
final class RawHttp2 implements Closeable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    /// Flags.
    static final int END_STREAM = 1;

    static final int END_HEADERS = 4;

    /// What can be set.
    static final int MAX_HEADER_LIST_SIZE = 6;

    private final SSLSocket socket;
    private final DataOutputStream out;

    private RawHttp2(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    /// Connect as HTTP/2 wants it, up to and with the first SETTINGS.
    ///
    /// @param keys null for somebody without a certificate
    static RawHttp2 open(LinkServer server, TestAuthority authority, @Nullable FixedKeys keys)
            throws IOException, GeneralSecurityException {
        RawHttp2 client = silent(server, authority, keys, "127.0.0.1");
        client.preface();
        client.frame(SETTINGS, 0, 0, new byte[0]);
        client.flush();
        return client;
    }

    /// Shake hands and say nothing.
    ///
    /// @param from address of this machine
    static RawHttp2 silent(
            LinkServer server, TestAuthority authority, @Nullable FixedKeys keys, String from)
            throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority.authorities().getFirst());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        KeyManager[] shown = keys == null ? null : new KeyManager[] {keys};
        context.init(shown, trust.getTrustManagers(), null);
        Socket plain =
                context.getSocketFactory()
                        .createSocket(
                                InetAddress.getByName("127.0.0.1"),
                                server.port(),
                                InetAddress.getByName(from),
                                0);
        SSLSocket socket = (SSLSocket) plain;
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new RawHttp2(socket);
    }

    void preface() throws IOException {
        raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /// Write bytes that need not be a frame.
    void raw(byte... bytes) throws IOException {
        out.write(bytes);
    }

    /// Where single bytes go.
    OutputStream out() {
        return out;
    }

    void flush() throws IOException {
        out.flush();
    }

    /// Ask for something; what follows belongs to its body.
    void ask(int stream, String path) throws IOException {
        frame(HEADERS, END_HEADERS, stream, headers(path));
    }

    /// Ask for something and take it back at once.
    void askAndReset(int stream, String path) throws IOException {
        ask(stream, path);
        frame(RESET, 0, stream, number(8));
    }

    /// Send a message of gRPC.
    void say(int stream, byte[] message) throws IOException {
        byte[] whole = ByteBuffer.allocate(5 + message.length).putInt(1, message.length).array();
        System.arraycopy(message, 0, whole, 5, message.length);
        frame(DATA, 0, stream, whole);
        flush();
    }

    /// Read until the server closes the connection. Throws [SocketTimeoutException] when it has
    /// been silent for that long before.
    void awaitClosed(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            while (in.read(buffer) >= 0) {
                // what the server says does not matter
            }
        } catch (SocketTimeoutException open) {
            throw open;
        } catch (IOException reset) {
            // closed as well
        }
    }

    /// Read one frame: its type, its stream, and its content behind them.
    ByteBuffer read(int millis) throws IOException {
        socket.setSoTimeout(millis);
        InputStream in = socket.getInputStream();
        byte[] head = in.readNBytes(9);
        if (head.length < 9) {
            throw new IOException("closed");
        }
        int length = ByteBuffer.wrap(head).getInt() >>> 8;
        ByteBuffer frame = ByteBuffer.allocate(8 + length);
        frame.putInt(head[3]).put(head, 5, 4).put(in.readNBytes(length));
        return frame.flip();
    }

    void frame(int type, int flags, int stream, byte[] content) throws IOException {
        out.writeByte(content.length >> 16);
        out.writeShort(content.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(content);
    }

    static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    static byte[] setting(int name, int value) {
        return ByteBuffer.allocate(6).putShort((short) name).putInt(value).array();
    }

    static byte[] headers(String path) {
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
    static void literal(ByteArrayOutputStream block, String name, String value) {
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
