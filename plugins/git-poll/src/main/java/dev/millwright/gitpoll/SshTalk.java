package dev.millwright.gitpoll;

import dev.millwright.plugin.NetworkWall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.RemoteSession2;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/// Reaches a host by the machine's own `ssh`, so that its configuration, its agent and its known
/// hosts count. It never asks a person anything; a host that nobody knows is refused.
///
/// Used by one thread; [#close] removes what stands in files for `ssh` meanwhile.
final class SshTalk extends SshSessionFactory implements AutoCloseable {
    private final GitPoll poll;
    private final NetworkWall wall;
    private final Path folder;
    private final Budget budget;
    private final List<Path> files = new ArrayList<>();

    /// @param folder where a key is kept as long as the look lasts
    SshTalk(GitPoll poll, NetworkWall wall, Path folder, Budget budget) {
        this.poll = poll;
        this.wall = wall;
        this.folder = folder;
        this.budget = budget;
    }

    @Override
    public RemoteSession getSession(
            URIish uri, @Nullable CredentialsProvider credentials, FS fs, int timeout)
            throws TransportException {
        try {
            wall.checkWhereKnown(uri.getHost());
            return new Session(command(uri));
        } catch (IOException refused) {
            throw new TransportException(uri, refused.getMessage(), refused);
        }
    }

    private List<String> command(URIish uri) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "ssh",
                                "-T",
                                "-oBatchMode=yes",
                                "-oConnectTimeout=10",
                                "-oServerAliveInterval=10",
                                "-oClearAllForwardings=yes",
                                "-oSendEnv=GIT_PROTOCOL"));
        if (poll.key().isPresent()) {
            Path key = file("key", poll.key().get().reveal().strip() + "\n");
            command.addAll(List.of("-oIdentitiesOnly=yes", "-oIdentityFile=" + key));
        }
        if (!poll.knownHosts().isEmpty()) {
            Path known = file("hosts", String.join("\n", poll.knownHosts()) + "\n");
            command.addAll(
                    List.of("-oUserKnownHostsFile=" + known, "-oGlobalKnownHostsFile=/dev/null"));
        }
        if (uri.getPort() > 0) {
            command.addAll(List.of("-p", Integer.toString(uri.getPort())));
        }
        if (uri.getUser() != null) {
            command.addAll(List.of("-l", uri.getUser()));
        }
        command.addAll(List.of("--", uri.getHost()));
        return command;
    }

    /// Readable by this user alone: `ssh` refuses other keys.
    private Path file(String name, String text) throws IOException {
        Path file =
                Files.createTempFile(
                        folder,
                        name,
                        "",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        files.add(file);
        Files.writeString(file, text);
        return file;
    }

    private final class Session implements RemoteSession2 {
        private final List<String> command;

        Session(List<String> command) {
            this.command = command;
        }

        @Override
        public Process exec(String remote, int timeout) throws IOException {
            return exec(remote, Map.of(), timeout);
        }

        @Override
        public Process exec(String remote, Map<String, String> environment, int timeout)
                throws IOException {
            List<String> whole = new ArrayList<>(command);
            whole.add(remote);
            ProcessBuilder builder = new ProcessBuilder(whole);
            builder.environment().putAll(environment);
            // An agent is asked for keys, and nobody for passwords
            builder.environment().remove("SSH_ASKPASS");
            Process process = builder.start();
            budget.own(process::destroyForcibly);
            return new Counted(process);
        }

        @Override
        public void disconnect() {
            // Each process ends with the budget at the latest
        }
    }

    /// A process whose output counts.
    private final class Counted extends Process {
        private final Process process;
        private final InputStream output;

        Counted(Process process) {
            this.process = process;
            this.output = budget.count(process.getInputStream());
        }

        @Override
        public OutputStream getOutputStream() {
            return process.getOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return output;
        }

        @Override
        public InputStream getErrorStream() {
            return process.getErrorStream();
        }

        @Override
        public int waitFor() throws InterruptedException {
            return process.waitFor();
        }

        @Override
        public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
            return process.waitFor(timeout, unit);
        }

        @Override
        public int exitValue() {
            return process.exitValue();
        }

        @Override
        public void destroy() {
            process.destroyForcibly();
        }
    }

    @Override
    public String getType() {
        return "openssh";
    }

    @Override
    public void close() throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
