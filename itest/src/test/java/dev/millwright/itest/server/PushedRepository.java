package dev.millwright.itest.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.millwright.testkit.GitBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A bare repository that Git's own `git http-backend` hands out over HTTP, and a clone from which
/// commits are pushed to it.
final class PushedRepository implements AutoCloseable {
    private final Path clone;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private int commits;

    private PushedRepository(Path clone, HttpServer server) {
        this.clone = clone;
        this.server = server;
    }

    /// With one commit, whose pipeline file has these steps.
    static PushedRepository create(Path folder, String steps) throws Exception {
        Path bare = folder.resolve("served/web.git");
        git(folder, "init", "-q", "--bare", "-b", "main", bare.toString());
        Path clone = folder.resolve("clone");
        git(folder, "clone", "-q", bare.toString(), clone.toString());
        Files.writeString(clone.resolve(".millwright.yaml"), steps);
        git(clone, "checkout", "-q", "-B", "main");
        git(clone, "add", ".");
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        PushedRepository repository = new PushedRepository(clone, server);
        server.setExecutor(repository.threads);
        GitBackend backend = new GitBackend(folder.resolve("served"));
        server.createContext("/", exchange -> backend.answer(exchange, ""));
        server.start();
        var _ = repository.push();
        return repository;
    }

    String url() {
        return "http://127.0.0.1:%d/web.git".formatted(server.getAddress().getPort());
    }

    /// Push a new commit to `main`. Gives its hash.
    String push() throws Exception {
        commits++;
        git(clone, "commit", "-q", "--allow-empty", "-m", "change " + commits);
        git(clone, "push", "-q", "origin", "main");
        return git(clone, "rev-parse", "HEAD");
    }

    private static String git(Path folder, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"));
        command.addAll(List.of(arguments));
        Process git =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
        if (git.waitFor() != 0) {
            throw new AssertionError(command + ": " + said);
        }
        return said;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
