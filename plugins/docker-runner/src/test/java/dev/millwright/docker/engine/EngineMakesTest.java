package dev.millwright.docker.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.ConflictException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An engine that takes its time to make a container, and makes it whoever is gone by then.
final class EngineMakesTest {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ready = new CountDownLatch(1);
    private final List<String> happened = new CopyOnWriteArrayList<>();
    private volatile int status = 201;
    private HttpServer server;
    private Engine engine;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::create);
        server.start();
        String address = "tcp://127.0.0.1:" + server.getAddress().getPort();
        engine = new Engine(new EngineAddress(Optional.of(address), Map.of()), Optional.empty());
    }

    @AfterEach
    void stop() {
        ready.countDown();
        engine.close();
        server.stop(0);
    }

    private void create(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            asked.countDown();
            ready.await();
            happened.add("made");
            byte[] answer = "{\"Id\": \"c1\", \"message\": \"no\"}".getBytes(UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private String make() throws InterruptedException {
        return engine.make(client -> client.createContainerCmd("image").exec().getId());
    }

    @Test
    void anInterruptIsHeededOnceWhatIsMadeIsThere() throws Exception {
        Thread caller =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                happened.add(make());
                            } catch (InterruptedException heeded) {
                                happened.add("heeded");
                            }
                        });
        asked.await();
        caller.interrupt();
        assertThat(caller.join(Duration.ofMillis(200))).as("it gave up").isFalse();
        ready.countDown();
        caller.join();
        assertThat(happened).containsExactly("made", "heeded");
    }

    @Test
    void whatIsMadeIsTold() throws Exception {
        ready.countDown();
        assertThat(make()).isEqualTo("c1");
    }

    @Test
    void aRefusalIsToldAsItIs() {
        status = 409;
        ready.countDown();
        assertThatThrownBy(this::make).isInstanceOf(ConflictException.class);
    }

    @Test
    void whoWasInterruptedBeforeAsksForNothing() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(this::make).isInstanceOf(InterruptedException.class);
        assertThat(asked.getCount()).isOne();
    }
}
