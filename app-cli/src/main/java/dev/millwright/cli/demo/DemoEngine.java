package dev.millwright.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The container engine of this machine, and whether the demo can have a step in a container there:
/// nothing in a demo may fail because something is missing. One thread.
final class DemoEngine {
    private static final String NAME = "busybox";
    private static final String TAG = "stable";

    /// What the demo's step runs in: small, and at home on every machine with an engine.
    static final String IMAGE = NAME + ":" + TAG;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})");

    private final Map<String, String> environment;
    private final Duration patience;

    /// @param environment where `DOCKER_HOST` may be
    /// @param patience with an engine that fetches the image
    DemoEngine(Map<String, String> environment, Duration patience) {
        this.environment = environment;
        this.patience = patience;
    }

    /// Why there can be no step in a container, for people; empty when there can.
    String absence() {
        Optional<SocketAddress> address = address();
        if (address.isEmpty()) {
            return "no container engine is here";
        }
        try {
            if (status(address.get(), "GET", "/images/" + IMAGE + "/json") == 200) {
                return "";
            }
            var _ =
                    status(
                            address.get(),
                            "POST",
                            "/images/create?fromImage=%s&tag=%s".formatted(NAME, TAG));
            return status(address.get(), "GET", "/images/" + IMAGE + "/json") == 200
                    ? ""
                    : "the engine cannot get the image " + IMAGE;
        } catch (IOException silent) {
            return "the container engine at %s does not answer: %s"
                    .formatted(address.get(), silent.getMessage());
        }
    }

    /// What the plugin for containers looks at, too.
    private Optional<SocketAddress> address() {
        String said = environment.getOrDefault("DOCKER_HOST", "");
        if (said.startsWith("tcp://")) {
            URI uri = URI.create(said);
            return Optional.of(new InetSocketAddress(uri.getHost(), uri.getPort()));
        }
        List<String> sockets =
                said.isBlank() ? usual() : List.of(said.replaceFirst("^unix://", ""));
        return sockets.stream()
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .map(UnixDomainSocketAddress::of);
    }

    private List<String> usual() {
        return Stream.concat(
                        Stream.of("/var/run/docker.sock", "/run/podman/podman.sock"),
                        Stream.ofNullable(environment.get("XDG_RUNTIME_DIR"))
                                .flatMap(folder ->
                                        Stream.of(
                                                folder + "/docker.sock",
                                                folder + "/podman/podman.sock")))
                .toList();
    }

    /// The status of an answer that was read to its end.
    private int status(SocketAddress address, String method, String path) throws IOException {
        try (SocketChannel channel =
                address instanceof UnixDomainSocketAddress
                        ? SocketChannel.open(StandardProtocolFamily.UNIX)
                        : SocketChannel.open()) {
            FutureTask<String> asked =
                    new FutureTask<>(() -> {
                        var _ = channel.connect(address);
                        String head =
                                "%s %s HTTP/1.0\r\nHost: engine\r\nContent-Length: 0\r\n\r\n"
                                        .formatted(method, path);
                        var _ = channel.write(ByteBuffer.wrap(head.getBytes(UTF_8)));
                        return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
                    });
            Thread.ofVirtual().start(asked);
            Matcher line = STATUS.matcher(asked.get(patience.toMillis(), TimeUnit.MILLISECONDS));
            return line.lookingAt() ? Integer.parseInt(line.group(1)) : 0;
        } catch (TimeoutException _) {
            throw new IOException("nothing came within %d s".formatted(patience.toSeconds()));
        } catch (ExecutionException failed) {
            throw new IOException(String.valueOf(failed.getMessage()), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }
}
