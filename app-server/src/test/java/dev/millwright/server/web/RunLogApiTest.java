package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.ApiException;
import dev.millwright.api.LiveStream;
import dev.millwright.api.run.ApprovalRequest;
import dev.millwright.api.run.LogLineView;
import dev.millwright.api.run.LogPage;
import dev.millwright.api.run.LogQuery;
import dev.millwright.api.run.Status;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Logs and the WebSocket of a run.
class RunLogApiTest extends RunFixture {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void logsArePagedTailedAndSearched() {
        RunId run = server.begin("talk");
        server.finish(run);
        LogPage page = server.client.log(run, FIRST, LogQuery.FIRST.limit(2));
        assertThat(page.totalLines()).isEqualTo(3);
        assertThat(page.next()).isEqualTo(3);
        assertThat(page.complete()).isTrue();
        assertThat(page.lines()).hasSize(2).first().extracting(LogLineView::number).isEqualTo(1L);
        assertThat(server.client.log(run, FIRST, LogQuery.FIRST.from(3)).lines()).hasSize(1);
        assertThat(server.client.log(run, FIRST, LogQuery.tail(1)).lines().getFirst().number())
                .isEqualTo(3);
        assertThat(server.client.log(run, FIRST, LogQuery.FIRST.matching("t(wo|hree)")).lines())
                .hasSize(2);
        assertThat(
                        server.client
                                .log(run, FIRST, LogQuery.FIRST.onStream(LogLineView.Stream.ERR))
                                .lines())
                .extracting(LogLineView::text)
                .containsExactly("two");
        assertThatThrownBy(() -> server.client.log(run, FIRST, LogQuery.FIRST.matching("(")))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(400));
        assertThatThrownBy(() -> server.client.log(run, FIRST, LogQuery.FIRST.ofAttempt(9)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(404));
    }

    @Test
    @Tag("R40")
    void oneLineOfAHundredMegabytesIsKeptExactly() throws Exception {
        server.pipeline(
                "long",
                "steps: [{name: say, commands: [\"yes 0123456789abcdef | tr -d '\\\\n' | head -c 100000000\"]}]");
        RunId run = server.begin("long");
        assertThat(server.finish(run).status()).isEqualTo(Status.SUCCESS);

        MessageDigest expected = MessageDigest.getInstance("SHA-256");
        byte[] block = "0123456789abcdef".repeat(1 << 10).getBytes(StandardCharsets.US_ASCII);
        for (long left = 100_000_000; left > 0; left -= block.length) {
            expected.update(block, 0, (int) Math.min(left, block.length));
        }
        MessageDigest stored = MessageDigest.getInstance("SHA-256");
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), stored)) {
            server.client.copyLog(run, FIRST, LogLineView.Stream.OUT, out);
        }
        assertThat(stored.digest()).isEqualTo(expected.digest());
    }

    @Test
    void logBytesAreExact() {
        RunId run = server.begin("bytes");
        server.finish(run);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        server.client.copyLog(run, FIRST, LogLineView.Stream.OUT, out);
        assertThat(out.toByteArray()).isEqualTo(new byte[] {'a', (byte) 0xff, 'b', '\n', 0});
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        server.client.copyLog(run, FIRST, LogLineView.Stream.ERR, err);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("end");
        LogLineView line =
                server.client.log(run, FIRST, LogQuery.FIRST).lines().stream()
                        .filter(l -> l.base64() != null)
                        .findFirst()
                        .orElseThrow();
        assertThat(Base64.getDecoder().decode(line.base64()))
                .isEqualTo(new byte[] {'a', (byte) 0xff, 'b'});
        assertThat(line.text()).isEqualTo("a\ufffdb");
    }

    @Test
    void aLogIsFollowedFromBeforeItsStepBegins() {
        RunId run = server.begin("gate");
        StepPath after = StepPath.parse("0/1");
        server.awaitStep(run, FIRST, Status.BLOCKED);
        List<String> lines = new ArrayList<>();
        try (LiveStream<LogLineView> log = server.client.followLog(run, after, 1)) {
            await().until(log::isConnected);
            server.client.approve(run, FIRST, new ApprovalRequest(true, "go"));
            while (!log.isEnded()) {
                log.poll(Duration.ofSeconds(1)).ifPresent(line -> lines.add(line.text()));
            }
        }
        assertThat(lines).containsExactly("go");
        assertThat(server.finish(run).status()).isEqualTo(Status.SUCCESS);
        assertThatThrownBy(() -> server.client.approve(run, FIRST, new ApprovalRequest(true, "")))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(409));
    }

    @Test
    void aWebSocketShowsEventsAndBothOutputStreamsApart() throws Exception {
        RunId run = server.begin("talk");
        List<JsonNode> messages = listen(run, "", Map.of());
        assertThat(messages.getLast().get("type").asString()).isEqualTo("end");
        assertThat(lines(messages, "out")).containsExactly("one", "three");
        assertThat(lines(messages, "err")).containsExactly("two");
        List<Long> numbers =
                messages.stream()
                        .filter(m -> m.get("type").asString().equals("event"))
                        .map(m -> m.get("event").get("runSeq").asLong())
                        .toList();
        assertThat(numbers).isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    @Test
    void aWebSocketSendsOnlyTheChosenSteps() throws Exception {
        RunId run = server.begin("talk");
        server.finish(run);
        assertThat(lines(listen(run, "?steps=none", Map.of()), "out")).isEmpty();
        assertThat(lines(listen(run, "?steps=0/0&after=1000000", Map.of()), "out"))
                .containsExactly("one", "three");
    }

    @Test
    void aWebSocketNeedsAKeyAndRefusesPagesOfOtherSites() {
        RunId run = server.begin("talk");
        assertThatThrownBy(() -> listen(run, "", Map.of("Origin", "https://evil.example")))
                .isInstanceOf(CompletionException.class);
        assertThatThrownBy(() -> listen(run, "", Map.of("Authorization", "Bearer nonsense")))
                .isInstanceOf(CompletionException.class);
    }

    private static List<String> lines(List<JsonNode> messages, String stream) {
        return messages.stream()
                .filter(m -> m.get("type").asString().equals("log"))
                .filter(m -> m.get("line").get("stream").asString().equals(stream))
                .map(m -> m.get("line").get("text").asString())
                .toList();
    }

    private List<JsonNode> listen(RunId run, String query, Map<String, String> headers)
            throws Exception {
        BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
        WebSocket.Builder builder = server.http.newWebSocketBuilder();
        headers.forEach(builder::header);
        if (!headers.containsKey("Authorization")) {
            builder.header("Authorization", "Bearer " + server.key);
        }
        WebSocket socket =
                builder.buildAsync(
                                URI.create(
                                        "ws://127.0.0.1:%d/api/v1/runs/%s/stream%s"
                                                .formatted(server.web.port(), run, query)),
                                new WebSocket.Listener() {
                                    private final StringBuilder text = new StringBuilder();

                                    @Override
                                    public CompletionStage<?> onText(
                                            WebSocket socket, CharSequence data, boolean last) {
                                        text.append(data);
                                        if (last) {
                                            received.add(JSON.readTree(text.toString()));
                                            text.setLength(0);
                                        }
                                        socket.request(1);
                                        return null;
                                    }
                                })
                        .join();
        List<JsonNode> messages = new ArrayList<>();
        JsonNode message;
        do {
            message = received.poll(20, TimeUnit.SECONDS);
            assertThat(message).isNotNull();
            messages.add(message);
        } while (!message.get("type").asString().equals("end"));
        socket.abort();
        return messages;
    }
}
