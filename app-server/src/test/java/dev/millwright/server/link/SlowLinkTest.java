package dev.millwright.server.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.link.v1.NodeLinkGrpc;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Callers that send a byte now and then, so that no connection is ever silent.
@Tag("S07")
final class SlowLinkTest {
    private static final LinkPatience HASTY =
            new LinkPatience(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1),
                    LinkPatience.DEFAULT.keepAlive());

    /// How long gRPC waits for the farewell of the other end of an idle connection.
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private static final int TLS_CALLERS = 10;

    private final LinkTrial trial = new LinkTrial(Duration.ofSeconds(3), HASTY);
    private final List<Slow> callers = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Slow caller : callers) {
            caller.connection().close();
        }
        trial.close();
    }

    /// One caller.
    ///
    /// @param next the byte to send
    private record Slow(OutputStream out, IntSupplier next, Closeable connection) {
        boolean sends() {
            try {
                out.write(next.getAsInt());
                out.flush();
                return true;
            } catch (IOException closed) {
                return false;
            }
        }
    }

    @Test
    void theUsualTimesTogetherAreHalfAMinute() {
        LinkPatience usual = LinkPatience.DEFAULT;

        assertThat(usual.call().plus(usual.idle()).plus(FAREWELL))
                .isLessThanOrEqualTo(Duration.ofSeconds(30));
        assertThat(usual.handshake()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void slowCallersAreCutOffWhereverTheyAreAndNodesGoOn() throws Exception {
        for (int from = 2; from < 6; from++) {
            for (int i = 0; i < LinkLimits.STRANGERS; i++) {
                callers.add(inTheHandshake("127.0.0." + from));
            }
        }
        FixedKeys rogue = trial.authority.node("rogue");
        for (int i = 0; i < TLS_CALLERS; i++) {
            callers.add(inThePreface());
            callers.add(inAFrame());
            callers.add(inABody());
            callers.add(inAStream(rogue));
        }
        LinkClient.Talk healthy = trial.node("healthy").talk().greet();

        await().atMost(FAREWELL.plus(Duration.ofMinutes(1)))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    assertThat(healthy.say(LinkTalk.heartbeat(1)).hear().hasHeartbeatAck())
                            .isTrue();
                    Iterator<Slow> all = callers.iterator();
                    while (all.hasNext()) {
                        Slow caller = all.next();
                        if (!caller.sends()) {
                            caller.connection().close();
                            all.remove();
                        }
                    }
                    return callers.isEmpty();
                });

        assertThat(trial.client(null).health()).isEqualTo(ServingStatus.SERVING);
    }

    private Slow inTheHandshake(String from) throws IOException {
        Socket socket =
                new Socket(
                        InetAddress.getByName("127.0.0.1"),
                        trial.server.port(),
                        InetAddress.getByName(from),
                        0);
        // A record of TLS with 16 KiB of handshake, of which the rest comes later
        socket.getOutputStream().write(new byte[] {22, 3, 1, 0x40, 0, 1, 0, 0x3f, 0});
        return new Slow(socket.getOutputStream(), () -> 0, socket);
    }

    private Slow inThePreface() throws Exception {
        RawHttp2 client = RawHttp2.silent(trial.server, trial.authority, null, "127.0.0.6");
        Iterator<Integer> preface = "PRI * HTTP/2.0\r\n\r\n".chars().iterator();
        return new Slow(client.out(), () -> preface.hasNext() ? preface.next() : 'S', client);
    }

    /// A frame that nobody knows.
    private Slow inAFrame() throws Exception {
        return within(99, 0, open(null));
    }

    private Slow inABody() throws Exception {
        RawHttp2 client = open(null);
        client.ask(1, "/" + HealthGrpc.getCheckMethod().getFullMethodName());
        return within(RawHttp2.DATA, 1, client);
    }

    private Slow inAStream(FixedKeys rogue) throws Exception {
        RawHttp2 client = open(rogue);
        client.ask(1, "/" + NodeLinkGrpc.getConnectMethod().getFullMethodName());
        return within(RawHttp2.DATA, 1, client);
    }

    private RawHttp2 open(@Nullable FixedKeys keys) throws Exception {
        return RawHttp2.open(trial.server, trial.authority, keys);
    }

    /// Begin a frame of 16,000 bytes.
    private static Slow within(int type, int stream, RawHttp2 client) throws IOException {
        client.raw((byte) 0, (byte) 0x3e, (byte) 0x80, (byte) type, (byte) 0);
        client.raw(RawHttp2.number(stream));
        return new Slow(client.out(), () -> 0, client);
    }
}
