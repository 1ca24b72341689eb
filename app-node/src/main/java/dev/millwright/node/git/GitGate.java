package dev.millwright.node.git;

import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.WallException;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way out for one git command over HTTP: a SOCKS5 proxy (RFC 1928) on this machine. Git looks
/// up names itself and follows redirects; here each connection, wherever it leads, is made to an
/// address that the wall has let through. It gives nobody on this machine more than he has.
///
/// Closed when the command is over, which cuts what is left. Called from any thread.
final class GitGate implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GitGate.class);
    private static final int VERSION = 5;
    private static final int CONNECT = 1;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;
    private static final int LONGEST_CONNECT_MILLIS = 20_000;

    private final NetworkWall wall;
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> refusals = new CopyOnWriteArrayList<>();

    private enum Reply {
        DONE(0),
        NOT_ALLOWED(2),
        HOST_UNREACHABLE(4),
        REFUSED(5),
        COMMAND_UNKNOWN(7);

        private final int code;

        Reply(int code) {
            this.code = code;
        }
    }

    private GitGate(NetworkWall wall, ServerSocket door) {
        this.wall = wall;
        this.door = door;
    }

    static GitGate open(NetworkWall wall) throws IOException {
        GitGate gate = new GitGate(wall, new ServerSocket(0, 16, InetAddress.getLoopbackAddress()));
        var _ = gate.threads.submit(gate::listen);
        return gate;
    }

    /// What git is told as `http.proxy`.
    String proxy() {
        return "socks5h://127.0.0.1:" + door.getLocalPort();
    }

    /// Why git was not let through, each in a sentence.
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    private void listen() {
        while (!door.isClosed()) {
            try {
                Socket git = door.accept();
                open.add(git);
                var _ = threads.submit(() -> serve(git));
            } catch (IOException closing) {
                // Or there is no room for more connections: git hears that at once
                log.trace("the gate is closed", closing);
                closeQuietly(door);
            }
        }
    }

    private void serve(Socket git) {
        try (git) {
            DataInputStream asked = new DataInputStream(git.getInputStream());
            greet(asked, git.getOutputStream());
            if (asked.readUnsignedByte() != VERSION || asked.readUnsignedByte() != CONNECT) {
                answer(git, Reply.COMMAND_UNKNOWN);
                return;
            }
            var _ = asked.readUnsignedByte();
            String host = host(asked);
            connect(git, host, asked.readUnsignedShort());
        } catch (IOException cut) {
            log.trace("a connection of git ended", cut);
        } finally {
            open.remove(git);
        }
    }

    /// Nobody has to prove who he is.
    private static void greet(DataInputStream asked, OutputStream answer) throws IOException {
        if (asked.readUnsignedByte() != VERSION) {
            throw new IOException("that is no SOCKS5");
        }
        asked.skipNBytes(asked.readUnsignedByte());
        answer.write(new byte[] {VERSION, 0});
    }

    private static String host(DataInputStream asked) throws IOException {
        return switch (asked.readUnsignedByte()) {
            case IPV4 -> InetAddress.getByAddress(asked.readNBytes(4)).getHostAddress();
            case IPV6 -> InetAddress.getByAddress(asked.readNBytes(16)).getHostAddress();
            case NAME ->
                    new String(
                            asked.readNBytes(asked.readUnsignedByte()), StandardCharsets.US_ASCII);
            default -> throw new IOException("that is no kind of address");
        };
    }

    private void connect(Socket git, String host, int port) throws IOException {
        List<InetAddress> addresses;
        try {
            addresses = wall.check(host);
        } catch (WallException refused) {
            refusals.add(String.valueOf(refused.getMessage()));
            answer(git, Reply.NOT_ALLOWED);
            return;
        } catch (IOException unknown) {
            answer(git, Reply.HOST_UNREACHABLE);
            return;
        }
        for (InetAddress address : addresses) {
            try (Socket server = new Socket()) {
                open.add(server);
                if (reached(server, new InetSocketAddress(address, port))) {
                    answer(git, Reply.DONE);
                    talk(git, server);
                    return;
                }
            }
        }
        answer(git, Reply.REFUSED);
    }

    private static boolean reached(Socket server, InetSocketAddress address) {
        try {
            server.connect(address, LONGEST_CONNECT_MILLIS);
            return true;
        } catch (IOException unreachable) {
            log.trace("{} was not reached", address, unreachable);
            return false;
        }
    }

    private static void answer(Socket git, Reply reply) throws IOException {
        git.getOutputStream()
                .write(new byte[] {VERSION, (byte) reply.code, 0, IPV4, 0, 0, 0, 0, 0, 0});
    }

    private void talk(Socket git, Socket server) throws IOException {
        var _ = threads.submit(() -> pass(git, server));
        server.getInputStream().transferTo(git.getOutputStream());
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException cut) {
            log.trace("a connection of git ended", cut);
        }
    }

    @Override
    public void close() {
        closeQuietly(door);
        open.forEach(GitGate::closeQuietly);
        threads.shutdownNow();
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            log.trace("closed already", gone);
        }
    }
}
