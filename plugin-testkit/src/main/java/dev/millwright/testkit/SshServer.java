package dev.millwright.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/// OpenSSH's own server on loopback, with keys and a configuration of its own. Needs
/// `/usr/sbin/sshd` (package `openssh-server`). Immutable; usable from any thread.
///
/// ```java
/// try (SshServer server = SshServer.start(folder)) {
///     git("clone", server.url(repository));
/// }
/// ```
public final class SshServer implements AutoCloseable {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");
    private static final String USER = System.getProperty("user.name");

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
        if (!Files.exists(SSHD)) {
            throw new AssertionError(SSHD + " is missing: install openssh-server");
        }
        if (USER.equals("root")) {
            // It gives up rights there, and where no service was started nobody has made it
            Files.createDirectories(Path.of("/run/sshd"));
        }
        Path host = key(folder, "host");
        Path user = key(folder, "user");
        int port = Ports.free();
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
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> answers(port));
        } catch (ConditionTimeoutException silent) {
            end(sshd);
            throw silent;
        }
        String[] shown = Files.readString(Path.of(host + ".pub")).split(" ", 3);
        return new SshServer(
                sshd,
                port,
                Files.readString(user),
                "[127.0.0.1]:%d %s %s".formatted(port, shown[0], shown[1]));
    }

    private static Path key(Path folder, String name) throws Exception {
        Path key = folder.resolve(name);
        Programs.run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()));
        return key;
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
        return "ssh://%s@127.0.0.1:%d%s".formatted(USER, port, repository);
    }

    @Override
    public void close() {
        end(process);
    }

    private static void end(Process sshd) {
        sshd.destroyForcibly();
        sshd.onExit().join();
    }
}
