package dev.millwright.bench.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millwright.bench.measure.BenchException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/// A repository under as many addresses as one likes, over HTTP: Git answers each question once,
/// and afterwards the answer is given from memory, so that the other side costs next to nothing.
/// One thread; anybody may close it.
public final class RecordedGit implements AutoCloseable {
    private static final String SERVICE = "git-upload-pack";
    private static final String HEAD = "001e# service=git-upload-pack\n0000";

    private final Path repository;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final AtomicLong looks = new AtomicLong();

    private RecordedGit(Path repository, HttpServer server) {
        this.repository = repository;
        this.server = server;
    }

    /// Make a repository with some branches and tags, and hand it out.
    public static RecordedGit start(Path folder) throws IOException {
        Path repository = folder.resolve("polled.git");
        git(new byte[0], "init", "-q", "--bare", repository.toString());
        String at = "--git-dir=" + repository;
        String tree = text(git(new byte[0], at, "mktree"));
        for (int i = 0; i < 6; i++) {
            String commit =
                    text(
                            git(
                                    new byte[0],
                                    "-c",
                                    "user.name=bench",
                                    "-c",
                                    "user.email=bench@example.org",
                                    at,
                                    "commit-tree",
                                    tree,
                                    "-m",
                                    "change " + i));
            git(new byte[0], at, "update-ref", "refs/heads/branch-" + i, commit);
        }
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        RecordedGit git = new RecordedGit(repository, http);
        http.setExecutor(git.threads);
        http.createContext("/", git::answer);
        http.start();
        return git;
    }

    public String url(String name) {
        return "http://127.0.0.1:%d/%s.git".formatted(server.getAddress().getPort(), name);
    }

    /// How often somebody has begun to look.
    public long looks() {
        return looks.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] question = question(exchange);
            boolean first = exchange.getRequestMethod().equals("GET");
            if (first) {
                looks.incrementAndGet();
            }
            String protocol = String.valueOf(exchange.getRequestHeaders().getFirst("Git-Protocol"));
            String key = first + protocol + new String(question, StandardCharsets.ISO_8859_1);
            byte[] said =
                    answers.computeIfAbsent(key, _ -> first ? offer() : git(question, upload()));
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            "application/x-%s-%s"
                                    .formatted(SERVICE, first ? "advertisement" : "result"));
            exchange.sendResponseHeaders(200, said.length);
            exchange.getResponseBody().write(said);
        }
    }

    /// JGit packs what becomes shorter by that.
    private static byte[] question(HttpExchange exchange) throws IOException {
        boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream in =
                packed
                        ? new GZIPInputStream(exchange.getRequestBody())
                        : exchange.getRequestBody()) {
            return in.readAllBytes();
        }
    }

    private String[] upload() {
        return new String[] {"upload-pack", "--stateless-rpc", repository.toString()};
    }

    private byte[] offer() {
        byte[] refs =
                git(
                        new byte[0],
                        "upload-pack",
                        "--stateless-rpc",
                        "--advertise-refs",
                        repository.toString());
        byte[] head = HEAD.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + refs.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(refs, 0, whole, head.length, refs.length);
        return whole;
    }

    private static byte[] git(byte[] input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("GIT_PROTOCOL", "version=2");
        try {
            Process git = builder.start();
            try (var in = git.getOutputStream()) {
                in.write(input);
            }
            byte[] said = git.getInputStream().readAllBytes();
            if (git.waitFor() != 0) {
                throw new BenchException("git failed: " + command);
            }
            return said;
        } catch (IOException missing) {
            throw new BenchException("git cannot be started", missing);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted");
        }
    }

    private static String text(byte[] said) {
        return new String(said, StandardCharsets.US_ASCII).strip();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
