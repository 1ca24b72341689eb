package dev.millwright.docker.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.millwright.plugin.PluginException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The container engine of this machine. It need not be there until it is asked, and may go and
/// come back. Usable from any thread.
public final class Engine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Engine.class);
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /// How long what it makes is awaited although nobody wants it any more.
    private static final Duration MAKING = Duration.ofSeconds(20);

    /// Each step in a container holds two: for its output, and for its end.
    private static final int CONNECTIONS = 2_000;

    private final EngineAddress address;
    private final Optional<EngineKeys> keys;
    private @Nullable Connected connected;
    private @Nullable Flavour flavour;

    private record Connected(URI address, DockerClient client) {}

    /// What tells engines apart.
    ///
    /// @param rootless its root is the user who started it
    public record Flavour(boolean podman, boolean rootless) {}

    /// A question to the engine.
    public interface Call<T> {
        T on(DockerClient client) throws InterruptedException;
    }

    /// @param keys for one that listens with TLS
    public Engine(EngineAddress address, Optional<EngineKeys> keys) {
        this.address = address;
        this.keys = keys;
    }

    /// Throws [EngineAwayException] when there is no answer, and docker-java's [DockerException]
    /// when the answer is no.
    public <T> T ask(Call<T> call) throws InterruptedException {
        Connected engine = connected();
        try {
            return call.on(engine.client());
        } catch (DockerException | PluginException answered) {
            throw answered;
        } catch (RuntimeException failed) {
            if (Thread.interrupted()) {
                // The socket is closed by the interrupt, whatever the exception says
                throw new InterruptedException();
            }
            throw isAboutConnection(failed)
                    ? new EngineAwayException(away(engine.address(), failed), failed)
                    : failed;
        }
    }

    /// The same where the engine makes something. An interrupt is heeded once it has answered:
    /// nobody would know of what it makes afterwards.
    public <T> T make(Call<T> call) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        FutureTask<T> making = new FutureTask<>(() -> ask(call));
        var _ = Thread.ofVirtual().name("engine-makes").start(making);
        try {
            return making.get();
        } catch (InterruptedException stopped) {
            awaitAnswer(making);
            throw stopped;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException why) {
                throw why;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    private static void awaitAnswer(FutureTask<?> making) {
        try {
            var _ = making.get(MAKING.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException refused) {
            log.debug("the engine made nothing", refused);
        } catch (TimeoutException | InterruptedException late) {
            log.warn("the container engine may still make something for a step that was stopped");
        }
    }

    /// For questions without an answer.
    public void tell(Call<?> call) throws InterruptedException {
        Object _ = ask(call);
    }

    private static boolean isAboutConnection(Throwable failed) {
        return root(failed) instanceof IOException;
    }

    private static Throwable root(Throwable failed) {
        Throwable cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String away(URI address, Throwable failed) {
        String why = String.valueOf(root(failed).getMessage());
        String hint =
                why.contains("Permission denied")
                        ? "let the user '%s' use it (for Docker: the group 'docker')"
                                .formatted(System.getProperty("user.name"))
                        : "start it, or say where it listens with 'host' in docker-runner.yaml";
        return "no container engine answers at %s (%s); %s".formatted(address, why, hint);
    }

    private synchronized Connected connected() {
        if (connected == null) {
            connected = connect(address.find(), keys);
        }
        return connected;
    }

    private static Connected connect(URI address, Optional<EngineKeys> keys) {
        DefaultDockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder()
                        .withDockerHost(address.toString())
                        .withDockerTlsVerify(false)
                        .build();
        ZerodepDockerHttpClient.Builder http =
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(address)
                        .maxConnections(CONNECTIONS)
                        .connectionTimeout(CONNECT);
        if (keys.isPresent() && address.getScheme().equals("tcp")) {
            http = http.sslConfig(keys.get().read());
        }
        return new Connected(address, DockerClientImpl.getInstance(config, http.build()));
    }

    public Flavour flavour() throws InterruptedException {
        Flavour known = known();
        if (known == null) {
            known = ask(Engine::look);
            know(known);
        }
        return known;
    }

    private synchronized @Nullable Flavour known() {
        return flavour;
    }

    private synchronized void know(Flavour found) {
        flavour = found;
    }

    private static Flavour look(DockerClient client) {
        var components = client.versionCmd().exec().getComponents();
        boolean podman =
                components != null
                        && components.stream()
                                .anyMatch(one -> String.valueOf(one.getName()).contains("Podman"));
        @Nullable List<String> options = client.infoCmd().exec().getSecurityOptions();
        boolean rootless =
                options != null && options.stream().anyMatch(one -> one.contains("rootless"));
        return new Flavour(podman, rootless);
    }

    /// What the engine answered, in one line.
    public static String said(DockerException answer) {
        String text = String.valueOf(answer.getMessage());
        int json = text.indexOf("{\"message\":\"");
        int end = text.lastIndexOf("\"}");
        String said = json >= 0 && end > json ? text.substring(json + 12, end) : text;
        return said.replace("\\\"", "\"").replace("\\n", " ").strip();
    }

    @Override
    public synchronized void close() {
        if (connected != null) {
            try {
                connected.client().close();
            } catch (IOException gone) {
                log.debug("the connection to {} was closed already", connected.address(), gone);
            }
            connected = null;
        }
    }
}
