package dev.millwright.bench.server;

import dev.millwright.api.ApiException;
import dev.millwright.api.MillwrightClient;
import dev.millwright.api.resource.ApplyResult;
import dev.millwright.bench.measure.BenchException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A server in a process of its own. One thread; anybody may kill it.
public final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final Process process;
    private final URI address;
    private final Path keyFile;
    private final Path log;
    private final long startedNanos;
    private @Nullable MillwrightClient client;
    private long readyNanos;
    private Instant readyAt = Instant.MAX;

    private ServerProcess(Process process, URI address, Path keyFile, Path log, long started) {
        this.process = process;
        this.address = address;
        this.keyFile = keyFile;
        this.log = log;
        this.startedNanos = started;
    }

    static ServerProcess start(ProcessBuilder builder, int port, Path keyFile, Path log)
            throws IOException {
        long started = System.nanoTime();
        URI address = URI.create("http://127.0.0.1:" + port);
        return new ServerProcess(builder.start(), address, keyFile, log, started);
    }

    /// Wait until the server says that it can work.
    public void awaitReady() throws InterruptedException {
        try (MillwrightClient open = MillwrightClient.create(address)) {
            while (!isReady(open)) {
                if (!process.isAlive() || System.nanoTime() - startedNanos > START.toNanos()) {
                    throw new BenchException("the server did not become ready:\n" + tail());
                }
                Thread.sleep(PAUSE);
            }
        }
        readyNanos = System.nanoTime();
        readyAt = Instant.now();
        client = MillwrightClient.create(address, text(keyFile).strip());
    }

    private static boolean isReady(MillwrightClient open) {
        try {
            return open.ready().ready();
        } catch (ApiException notYet) {
            return false;
        }
    }

    /// How long it took from the start of the process to the first answer that says "ready".
    public Duration startUp() {
        return Duration.ofNanos(readyNanos - startedNanos);
    }

    /// When the first answer came that says "ready".
    public Instant readyAt() {
        return readyAt;
    }

    public URI address() {
        return address;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// A client with the administrator's key.
    public MillwrightClient client() {
        MillwrightClient known = client;
        if (known == null) {
            throw new BenchException("the server is not ready");
        }
        return known;
    }

    /// Make pipelines known to the server.
    public void apply(String yaml) {
        ApplyResult result = client().apply(yaml, "default", false);
        if (!result.isAccepted()) {
            throw new BenchException("the pipeline was refused: " + result);
        }
    }

    /// Ask it to end and wait for that.
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
        closeClient();
    }

    /// End it at once, as a crash would.
    public void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(STOP.toSeconds(), TimeUnit.SECONDS).join();
        closeClient();
    }

    private void closeClient() {
        MillwrightClient known = client;
        if (known != null) {
            known.close();
        }
    }

    private String tail() {
        List<String> lines = text(log).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            return "";
        }
    }

    @Override
    public void close() {
        kill();
    }
}
