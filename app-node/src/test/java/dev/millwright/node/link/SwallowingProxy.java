package dev.millwright.node.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Carries bytes between nodes and a server until it is told to swallow them: then nothing arrives
/// any more, on old connections and on new ones, and nobody is told. Any thread.
final class SwallowingProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean swallowing;

    private SwallowingProxy(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    /// @param target a port of this machine
    static SwallowingProxy before(int target) throws IOException {
        SwallowingProxy proxy =
                new SwallowingProxy(
                        new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /// Whether somebody has come this way.
    boolean isUsed() {
        return !sockets.isEmpty();
    }

    void swallow() {
        swallowing = true;
    }

    private void accept() {
        try {
            while (true) {
                Socket node = keep(listening.accept());
                Socket server = keep(new Socket(InetAddress.getLoopbackAddress(), target));
                Thread.ofVirtual().start(() -> carry(node, server));
                Thread.ofVirtual().start(() -> carry(server, node));
            }
        } catch (IOException closed) {
            // by the test
        }
    }

    private Socket keep(Socket socket) {
        sockets.add(socket);
        return socket;
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (!swallowing) {
                    out.write(buffer, 0, length);
                }
            }
            if (!swallowing) {
                to.close();
            }
        } catch (IOException closed) {
            // by one of both ends
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
