package dev.millwright.server.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.link.v1.NodeLinkGrpc;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Frames that are cheap to send and dear to receive. Whoever sends them loses the connection;
/// nobody else notices.
@Tag("S09")
final class Http2AbuseTest {
    private static final String CHECK = "/" + HealthGrpc.getCheckMethod().getFullMethodName();
    private static final String CONNECT = "/" + NodeLinkGrpc.getConnectMethod().getFullMethodName();

    /// So often that no limit is missed, and bounded, should there be none.
    private static final int OFTEN = 20_000;

    private static final int SILENCE_MILLIS = 5_000;

    private final LinkTrial trial = new LinkTrial();
    private final LinkClient.Talk healthy = trial.node("healthy").talk();

    @AfterEach
    void close() {
        trial.close();
    }

    /// The n-th part of an attack.
    private interface Wave {
        void send(RawHttp2 attacker, int number) throws IOException;
    }

    enum Attack {
        RAPID_RESET((attacker, n) -> attacker.askAndReset(2 * n + 1, CHECK)),

        /// The server is made to reset: by a window that grows by nothing,
        MADE_YOU_RESET_BY_WINDOW((attacker, n) -> {
            attacker.ask(2 * n + 1, CHECK);
            attacker.frame(RawHttp2.WINDOW_UPDATE, 0, 2 * n + 1, RawHttp2.number(0));
        }),
        /// by one that grows beyond what can be counted,
        MADE_YOU_RESET_BY_OVERFLOW((attacker, n) -> {
            attacker.ask(2 * n + 1, CHECK);
            attacker.frame(
                    RawHttp2.WINDOW_UPDATE, 0, 2 * n + 1, RawHttp2.number(Integer.MAX_VALUE));
        }),
        /// by data behind the end,
        MADE_YOU_RESET_BY_DATA((attacker, n) -> {
            attacker.frame(
                    RawHttp2.HEADERS,
                    RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                    2 * n + 1,
                    RawHttp2.headers(CHECK));
            attacker.frame(RawHttp2.DATA, 0, 2 * n + 1, new byte[5]);
        }),
        /// by a stream that depends on itself.
        MADE_YOU_RESET_BY_PRIORITY((attacker, n) -> {
            attacker.ask(2 * n + 1, CHECK);
            attacker.frame(RawHttp2.PRIORITY, 0, 2 * n + 1, priority(2 * n + 1));
        }),
        EMPTY_CONTINUATION((attacker, n) -> {
            if (n == 0) {
                attacker.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.headers(CHECK));
            }
            attacker.frame(RawHttp2.CONTINUATION, 0, 1, new byte[0]);
        }),
        CONTINUATION((attacker, n) -> {
            if (n == 0) {
                attacker.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.headers(CHECK));
            }
            attacker.frame(RawHttp2.CONTINUATION, 0, 1, header());
        }),
        SETTINGS((attacker, _) -> attacker.frame(RawHttp2.SETTINGS, 0, 0, new byte[0])),
        PING((attacker, _) -> attacker.frame(RawHttp2.PING, 0, 0, new byte[8])),
        PRIORITY((attacker, n) -> attacker.frame(RawHttp2.PRIORITY, 0, 2 * n + 1, priority(0))),
        WINDOW_UPDATE(
                (attacker, _) -> attacker.frame(RawHttp2.WINDOW_UPDATE, 0, 0, RawHttp2.number(1))),
        EMPTY_DATA((attacker, n) -> {
            if (n == 0) {
                attacker.ask(1, CONNECT);
            }
            attacker.frame(RawHttp2.DATA, 0, 1, new byte[0]);
        }),
        /// No answer has room in it.
        TINY_HEADER_LIST((attacker, n) -> {
            if (n == 0) {
                byte[] tiny = RawHttp2.setting(RawHttp2.MAX_HEADER_LIST_SIZE, 1);
                attacker.frame(RawHttp2.SETTINGS, 0, 0, tiny);
            }
            attacker.frame(
                    RawHttp2.HEADERS,
                    RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                    2 * n + 1,
                    RawHttp2.headers(CHECK));
        }),
        UNKNOWN((attacker, _) -> attacker.frame(99, 0, 0, new byte[0]));

        private final Wave wave;

        Attack(Wave wave) {
            this.wave = wave;
        }

        private static byte[] priority(int dependsOn) {
            byte[] content = new byte[5];
            System.arraycopy(RawHttp2.number(dependsOn), 0, content, 0, 4);
            return content;
        }

        private static byte[] header() {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            RawHttp2.literal(block, "x", "x".repeat(100));
            return block.toByteArray();
        }
    }

    static Stream<Arguments> attackers() {
        return Stream.of(Attack.values())
                .flatMap(attack ->
                        Stream.of(Arguments.of(attack, true), Arguments.of(attack, false)));
    }

    @ParameterizedTest
    @MethodSource("attackers")
    void floodClosesItsOwnConnectionAndNoOther(Attack attack, boolean isNode) throws Exception {
        try (RawHttp2 attacker = attacker(isNode)) {
            assertClosed(attacker, attack.wave);
        }
        assertHealthy();
    }

    @Test
    void callsBeyondTheLimitAreRefusedThoughItWasNeverAcknowledged() throws Exception {
        try (RawHttp2 attacker = attacker(true)) {
            int last = 2 * LinkLimits.CALLS + 1;
            for (int stream = 1; stream <= last; stream += 2) {
                attacker.ask(stream, CONNECT);
            }
            attacker.flush();

            await().atMost(Duration.ofSeconds(5))
                    .until(() -> attacker.read(SILENCE_MILLIS), frame -> isEndOf(frame, last));
        }
        assertHealthy();
    }

    private static boolean isEndOf(ByteBuffer frame, int stream) {
        int type = frame.getInt();
        return frame.getInt() == stream && (type == RawHttp2.RESET || type == RawHttp2.HEADERS);
    }

    @Test
    void attackersDoNotFillTheLog() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        Handler listener =
                new Handler() {
                    @Override
                    public void publish(LogRecord record) {
                        told.add(record.getLoggerName() + " " + record.getMessage());
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger.getLogger("io.grpc").addHandler(listener);
        try (RawHttp2 attacker = attacker(false)) {
            assertClosed(attacker, Attack.MADE_YOU_RESET_BY_WINDOW.wave);
        } finally {
            Logger.getLogger("io.grpc").removeHandler(listener);
        }
        assertThat(told).filteredOn(line -> line.contains("NettyServer")).isEmpty();
    }

    private RawHttp2 attacker(boolean isNode) throws Exception {
        @Nullable FixedKeys keys = isNode ? trial.authority.node("rogue") : null;
        return RawHttp2.open(trial.server, trial.authority, keys);
    }

    private static void assertClosed(RawHttp2 attacker, Wave wave) throws IOException {
        try {
            for (int number = 0; number < OFTEN; number++) {
                wave.send(attacker, number);
                if (number % 100 == 0) {
                    attacker.flush();
                }
            }
            attacker.flush();
        } catch (SocketTimeoutException impossible) {
            throw impossible;
        } catch (IOException closed) {
            return;
        }
        attacker.awaitClosed(SILENCE_MILLIS);
    }

    private void assertHealthy() throws InterruptedException {
        healthy.greet();
        assertThat(healthy.say(LinkTalk.heartbeat(1)).hear().hasHeartbeatAck()).isTrue();
        assertThat(trial.client(null).health()).isEqualTo(ServingStatus.SERVING);
    }
}
