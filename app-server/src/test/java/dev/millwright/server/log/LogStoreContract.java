package dev.millwright.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.AttemptId;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogChunkWriter;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.log.LogPosition;
import dev.millwright.model.log.LogStream;
import dev.millwright.model.log.Severity;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

abstract class LogStoreContract {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir Path directory;
    Database database;
    LogStore logs;
    AttemptId attempt;

    abstract Database open();

    @BeforeEach
    void openStore() {
        database = open();
        logs = LogStore.create(database);
        attempt = LogRows.newAttempt(database);
    }

    @AfterEach
    void closeStore() {
        database.close();
    }

    /// Chunks with those lines, `per` in each, on standard output.
    static List<LogChunk> chunks(LogPosition position, List<String> lines, int per) {
        List<LogChunk> chunks = new ArrayList<>();
        try (LogChunkWriter writer = new LogChunkWriter(position)) {
            for (int i = 0; i < lines.size(); i++) {
                byte[] bytes = (lines.get(i) + "\n").getBytes(UTF_8);
                writer.add(
                        LogStream.OUT,
                        Severity.NONE,
                        false,
                        true,
                        1_000L + i,
                        bytes,
                        0,
                        bytes.length);
                if ((i + 1) % per == 0 || i == lines.size() - 1) {
                    chunks.add(writer.cut());
                }
            }
        }
        return chunks;
    }

    private void append(List<String> lines, int per) {
        chunks(logs.position(attempt), lines, per).forEach(chunk -> logs.append(attempt, chunk));
    }

    private static List<String> numbered(int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add("line " + i);
        }
        return lines;
    }

    private static List<String> texts(List<LogLine> lines) {
        return lines.stream().map(LogLine::text).toList();
    }

    @Test
    void givesBackPages() {
        append(numbered(100), 7);

        LogPage page = logs.lines(attempt, 40, 20);
        assertThat(texts(page.lines())).isEqualTo(numbered(100).subList(40, 60));
        assertThat(page.nextLine()).isEqualTo(60);
        assertThat(page.totalLines()).isEqualTo(100);
        assertThat(page.hasMore()).isTrue();
        assertThat(logs.lines(attempt, 95, 20).lines()).hasSize(5);
        assertThat(logs.lines(attempt, 95, 20).hasMore()).isFalse();
        assertThat(logs.lines(attempt, 100, 20).lines()).isEmpty();
        assertThat(logs.lines(attempt, 5_000, 20).nextLine()).isEqualTo(5_000);
        assertThat(texts(logs.tail(attempt, 3).lines()))
                .containsExactly("line 97", "line 98", "line 99");
        assertThat(logs.tail(attempt, 1_000).lines()).hasSize(100);
    }

    @Test
    void ignoresAChunkThatIsThereAlready() {
        List<LogChunk> chunks = chunks(LogPosition.START, numbered(20), 5);
        chunks.forEach(chunk -> logs.append(attempt, chunk));
        chunks.forEach(chunk -> logs.append(attempt, chunk));

        assertThat(texts(logs.lines(attempt, 0, 100).lines())).isEqualTo(numbered(20));
        assertThat(logs.position(attempt)).isEqualTo(LogPosition.after(chunks.getLast()));
    }

    private void tell(String... texts) {
        database.change(tx ->
                logs.tell(
                        tx,
                        attempt,
                        Stream.of(texts)
                                .map(text ->
                                        new ToldLine(
                                                Instant.ofEpochMilli(5_000), Severity.WARN, text))
                                .toList()));
    }

    @Test
    void whatTheStepTellsStandsBetweenWhatTheNodeSendsAndTheNodeDoesNotCountIt() {
        List<LogChunk> chunks = chunks(LogPosition.START, numbered(4), 2);
        tell("early");
        logs.append(attempt, chunks.get(0));
        tell("told", "told again");
        assertThat(logs.position(attempt)).isEqualTo(LogPosition.after(chunks.get(0)));
        logs.append(attempt, chunks.get(0));
        logs.append(attempt, chunks.get(1));
        logs.append(attempt, chunks.get(1));

        List<LogLine> lines = logs.lines(attempt, 0, 100).lines();
        assertThat(texts(lines))
                .containsExactly(
                        "early", "line 0", "line 1", "told", "told again", "line 2", "line 3");
        assertThat(lines.stream().map(LogLine::number)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(lines.get(3).severity()).isEqualTo(Severity.WARN);
        assertThat(texts(logs.lines(attempt, 4, 1).lines())).containsExactly("told again");
        assertThat(logs.position(attempt)).isEqualTo(LogPosition.after(chunks.get(1)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        logs.copy(attempt, LogStream.OUT, out);
        assertThat(out.toString(UTF_8)).isEqualTo("line 0\nline 1\nline 2\nline 3\n");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        logs.copy(attempt, LogStream.ERR, err);
        assertThat(err.toString(UTF_8)).isEqualTo("early\ntold\ntold again\n");
    }

    @Test
    void manyLongToldLinesMakeSeveralChunks() {
        String[] texts = new String[20];
        Arrays.fill(texts, "\u20ac".repeat(ToldLine.LONGEST));
        tell(texts);
        assertThat(texts(logs.lines(attempt, 0, 100).lines())).containsExactly(texts);
    }

    @Test
    void refusesAChunkThatLeavesAHole() {
        List<LogChunk> chunks = chunks(LogPosition.START, numbered(20), 5);
        logs.append(attempt, chunks.get(0));

        assertThatThrownBy(() -> logs.append(attempt, chunks.get(2)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("expected chunk 1 (line 5)");
        assertThat(logs.lines(attempt, 0, 100).lines()).hasSize(5);
    }

    @Test
    void refusesTheLogOfAnUnknownAttempt() {
        LogChunk chunk = chunks(LogPosition.START, List.of("x"), 1).getFirst();
        AttemptId unknown = new AttemptId(java.util.UUID.randomUUID());

        assertThatThrownBy(() -> logs.append(unknown, chunk))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("unknown");
        assertThat(logs.lines(unknown, 0, 10).lines()).isEmpty();
    }

    @Test
    void keepsTheBytesOfBothStreamsExactly() throws Exception {
        Random random = new Random(7);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (LogChunkWriter writer = new LogChunkWriter(LogPosition.START)) {
            for (int i = 0; i < 3_000; i++) {
                byte[] bytes = new byte[random.nextInt(90)];
                random.nextBytes(bytes);
                for (int n = 0; n < bytes.length; n++) {
                    bytes[n] = bytes[n] == '\n' ? 0 : bytes[n];
                }
                boolean complete = i < 2_990;
                byte[] line = complete ? java.util.Arrays.copyOf(bytes, bytes.length + 1) : bytes;
                if (complete) {
                    line[bytes.length] = '\n';
                }
                boolean toErr = random.nextInt(3) == 0;
                if (writer.room() < line.length) {
                    logs.append(attempt, writer.cut());
                }
                writer.add(
                        toErr ? LogStream.ERR : LogStream.OUT,
                        Severity.NONE,
                        false,
                        complete,
                        i,
                        line,
                        0,
                        line.length);
                (toErr ? err : out).write(line);
            }
            logs.append(attempt, writer.cut());
        }
        ByteArrayOutputStream outBack = new ByteArrayOutputStream();
        ByteArrayOutputStream errBack = new ByteArrayOutputStream();
        logs.copy(attempt, LogStream.OUT, outBack);
        logs.copy(attempt, LogStream.ERR, errBack);

        assertThat(outBack.toByteArray()).isEqualTo(out.toByteArray());
        assertThat(errBack.toByteArray()).isEqualTo(err.toByteArray());
        assertThat(logs.position(attempt).outOffset()).isEqualTo(out.size());
        assertThat(logs.position(attempt).errOffset()).isEqualTo(err.size());
    }

    @Test
    void findsTextAndExpressions() {
        List<String> lines = new ArrayList<>(numbered(1_000));
        lines.set(10, "an Error here");
        lines.set(600, "ERROR: code 42");
        lines.set(999, "no error");
        append(lines, 50);

        LogMatches all = logs.search(attempt, LogSearch.text("error"), 0, 100);
        assertThat(all.lines()).extracting(LogLine::number).containsExactly(10L, 600L, 999L);
        assertThat(all.hasMore()).isFalse();
        LogMatches first = logs.search(attempt, LogSearch.text("error"), 0, 1);
        assertThat(first.lines()).hasSize(1);
        assertThat(first.hasMore()).isTrue();
        assertThat(logs.search(attempt, LogSearch.text("error"), first.nextLine(), 1).lines())
                .extracting(LogLine::number)
                .containsExactly(600L);
        assertThat(logs.search(attempt, LogSearch.expression("code \\d+$"), 0, 9).lines())
                .extracting(LogLine::number)
                .containsExactly(600L);
        assertThatThrownBy(() -> LogSearch.expression("(unclosed"))
                .isInstanceOf(MillwrightException.class)
                .hasMessageContaining("not an expression");
    }

    @Test
    void followsALogWhileItGrowsUntilItEnds() throws Exception {
        int count = 2_000;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                LogFollower follower = logs.follow(attempt, 0)) {
            Future<List<String>> seen =
                    threads.submit(() -> {
                        List<String> lines = new ArrayList<>();
                        while (!follower.isEnded()) {
                            lines.addAll(texts(follower.next(100, SOON).lines()));
                        }
                        return lines;
                    });
            append(numbered(count), 10);
            LogRows.finish(database, attempt);
            logs.wake(attempt);

            assertThat(seen.get()).isEqualTo(numbered(count));
        }
    }

    @Test
    void wakesAFollowerWithinMilliseconds() throws Exception {
        try (LogFollower follower = logs.follow(attempt, 0)) {
            assertThat(follower.next(10, Duration.ofMillis(20)).lines()).isEmpty();
            assertThat(follower.isEnded()).isFalse();
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 10; i++) {
                long start = System.nanoTime();
                append(List.of("line " + i), 1);
                assertThat(texts(follower.next(10, SOON).lines())).containsExactly("line " + i);
                best = Math.min(best, System.nanoTime() - start);
            }
            assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(200));
        }
    }

    @Test
    void opensTheEndOfALongLogAtOnce() {
        int count = 2_000_000;
        try (LogChunkWriter writer = new LogChunkWriter(LogPosition.START)) {
            for (int i = 0; i < count; i++) {
                byte[] bytes = ("line " + i + "\n").getBytes(UTF_8);
                if (writer.room() < bytes.length) {
                    logs.append(attempt, writer.cut());
                }
                writer.add(
                        LogStream.OUT, Severity.NONE, false, true, i / 100, bytes, 0, bytes.length);
            }
            logs.append(attempt, writer.cut());
        }
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long start = System.nanoTime();
            LogPage page = logs.lines(attempt, 1_999_000, 1_000);
            best = Math.min(best, System.nanoTime() - start);
            assertThat(page.lines()).hasSize(1_000);
            assertThat(page.lines().getFirst().text()).isEqualTo("line 1999000");
        }

        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(50));
    }
}
