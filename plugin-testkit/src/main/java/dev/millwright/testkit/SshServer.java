package dev.millwright.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// OpenSSH's own server on loopback, with keys and a configuration of its own; it is installed
/// where the machine has none. Immutable; usable from any thread.
///
/// ```java
/// try (SshServer server = SshServer.start(folder)) {
///     git("clone", server.url(repository));
/// }
/// ```
public final class SshServer implements AutoCloseable {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private final String privateKey;
    private final String knownHost;
    private final int port;
    private final Process process;

    private SshServer(Process process, int port, String privateKey, String knownHost) {
        this.process = process;
        this.port = port;
        this.privateKey = privateKey;
        this.knownHost = knownHost;
    }

    /// Start one that keeps its files in the folder: keys `host` and `user`, and what it says in
    /// `sshd.log`.
    public static SshServer start(Path folder) throws Exception {
        install();
        Files.createDirectories(Path.of("/run/sshd"));
        Path host = key(folder, "host");
        Path user = key(folder, "user");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config =
                Files.writeString(
                        folder.resolve("sshd_config"),
                        """
                        ListenAddress 127.0.0.1:%d
                        HostKey %s
                        AuthorizedKeysFile %s.pub
                        PidFile none
                        StrictModes no
                        UsePAM no
                        PasswordAuthentication no
                        KbdInteractiveAuthentication no
                        AcceptEnv GIT_PROTOCOL
                        """
                                .formatted(port, host, user));
        Process sshd =
                new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("sshd.log").toFile())
                        .start();
        await().atMost(Duration.ofSeconds(20)).until(() -> answers(port));
        String[] shown = Files.readString(Path.of(host + ".pub")).split(" ", 3);
        return new SshServer(
                sshd,
                port,
                Files.readString(user),
                "[127.0.0.1]:%d %s %s".formatted(port, shown[0], shown[1]));
    }

    private static void install() throws Exception {
        if (!Files.exists(SSHD)) {
            run(List.of("apt-get", "install", "-y", "-q", "openssh-server"));
        }
    }

    private static Path key(Path folder, String name) throws Exception {
        Path key = folder.resolve(name);
        run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()));
        return key;
    }

    private static void run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + ": " + said);
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return socket.getInputStream().read() > 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    /// The key that it lets in.
    public String privateKey() {
        return privateKey;
    }

    /// Its line of `known_hosts`.
    public String knownHost() {
        return knownHost;
    }

    /// The address of a repository of this machine.
    public String url(Path repository) {
        return "ssh://%s@127.0.0.1:%d%s"
                .formatted(System.getProperty("user.name"), port, repository);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
