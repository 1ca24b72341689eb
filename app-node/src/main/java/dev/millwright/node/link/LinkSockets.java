package dev.millwright.node.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Opens the sockets of one connection, all of which speak TLS 1.3 and HTTP/2, keeps why the last
/// one broke, and closes them whatever they do just then. Any thread.
final class LinkSockets extends SocketFactory {
    private static final String[] TLS = {"TLSv1.3"};
    private static final String HTTP = "h2";

    private final SSLSocketFactory tls;
    private final int patienceMillis;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile @Nullable IOException problem;

    /// @param patience for the connection, and then for each word of the server's handshake
    LinkSockets(SSLSocketFactory tls, Duration patience) {
        this.tls = tls;
        this.patienceMillis = Math.toIntExact(patience.toMillis());
    }

    /// Why the last socket broke; empty when none did.
    Optional<IOException> problem() {
        return Optional.ofNullable(problem);
    }

    /// Close all that are open, and each that is still to come.
    void close() throws IOException {
        closed = true;
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return open(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return open(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
            throws IOException {
        return open(new InetSocketAddress(host, port), new InetSocketAddress(from, fromPort));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
            throws IOException {
        return open(new InetSocketAddress(host, port), new InetSocketAddress(from, fromPort));
    }

    private Socket open(InetSocketAddress to, @Nullable SocketAddress from) throws IOException {
        Socket bare = new Kept();
        open.add(bare);
        try {
            if (closed) {
                throw new IOException("the connection was given up");
            }
            bare.bind(from);
            bare.connect(to, patienceMillis);
            bare.setSoTimeout(patienceMillis);
            SSLSocket socket =
                    (SSLSocket) tls.createSocket(bare, to.getHostString(), to.getPort(), true);
            shakeHands(socket);
            bare.setSoTimeout(0);
            return new LinkSocket(socket, broken -> problem = broken);
        } catch (IOException unreachable) {
            bare.close();
            throw unreachable;
        }
    }

    private static void shakeHands(SSLSocket socket) throws IOException {
        SSLParameters rules = socket.getSSLParameters();
        rules.setProtocols(TLS);
        rules.setApplicationProtocols(new String[] {HTTP});
        socket.setSSLParameters(rules);
        socket.startHandshake();
        if (!HTTP.equals(socket.getApplicationProtocol())) {
            throw new SSLException("the server speaks TLS, but not HTTP/2");
        }
    }

    /// Known for as long as it is open.
    private final class Kept extends Socket {
        @Override
        public void close() throws IOException {
            open.remove(this);
            super.close();
        }
    }
}
