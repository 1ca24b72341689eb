package dev.millwright.docker.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millwright.model.AttemptId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An engine that is at the removal of a container already when it is asked for it.
@Timeout(60)
final class LeftoversTest {
    private static final int UNDER_WAY = 409;

    private final AttemptId attempt = new AttemptId(UUID.randomUUID());
    private final AtomicInteger removals = new AtomicInteger();
    private volatile int stuck;
    private HttpServer server;
    private Engine engine;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        String address = "tcp://127.0.0.1:" + server.getAddress().getPort();
        engine = new Engine(new EngineAddress(Optional.of(address), Map.of()), Optional.empty());
    }

    @AfterEach
    void stop() {
        engine.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("DELETE")) {
                boolean underWay = removals.incrementAndGet() <= stuck;
                exchange.sendResponseHeaders(underWay ? UNDER_WAY : 204, -1);
            } else {
                boolean containers = exchange.getRequestURI().getPath().contains("/containers/");
                byte[] found = (containers ? "[{\"Id\": \"c1\"}]" : "[]").getBytes(UTF_8);
                exchange.sendResponseHeaders(200, found.length);
                exchange.getResponseBody().write(found);
            }
        }
    }

    @Test
    void aRemovalThatHangsInTheEngineIsGivenUp() {
        stuck = Integer.MAX_VALUE;
        Leftovers leftovers = new Leftovers(engine, "node-1", Duration.ofSeconds(1));

        assertThatThrownBy(() -> leftovers.remove(attempt))
                .isInstanceOf(EngineAwayException.class)
                .hasMessage("the container engine has not removed container c1 within 1 s");
    }

    @Test
    void aRemovalThatIsUnderWayIsWaitedFor() throws Exception {
        stuck = 3;

        new Leftovers(engine, "node-1").remove(attempt);

        assertThat(removals).hasValue(4);
    }
}
