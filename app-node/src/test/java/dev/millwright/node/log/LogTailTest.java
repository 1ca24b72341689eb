package dev.millwright.node.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogChunkReader;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.log.LogPosition;
import dev.millwright.model.log.LogStream;
import dev.millwright.model.log.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LogTailTest {
    private static final long NO_LIMIT = Long.MAX_VALUE;

    @TempDir Path folder;
    private final List<LogChunk> chunks = new CopyOnWriteArrayList<>();
    private final AtomicInteger limits = new AtomicInteger();

    private Path out() {
        return folder.resolve("out");
    }

    private Path err() {
        return folder.resolve("err");
    }

    private LogTail tail(LogPosition from, long limit) {
        return new LogTail(
                out(),
                err(),
                from,
                limit,
                chunks::add,
                limits::incrementAndGet,
                InstantSource.system());
    }

    private LogPosition readAll(LogPosition from, long limit) throws Exception {
        LogTail tail = tail(from, limit);
        tail.end();
        tail.run();
        return tail.position();
    }

    private void write(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<LogLine> lines() {
        return chunks.stream().flatMap(chunk -> LogChunkReader.lines(chunk).stream()).toList();
    }

    private byte[] copied(LogStream stream) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (LogChunk chunk : chunks) {
            LogChunkReader.copy(chunk, stream, bytes);
        }
        return bytes.toByteArray();
    }

    private void assertChunksFollowEachOther(LogPosition from) {
        LogPosition position = from;
        for (LogChunk chunk : chunks) {
            assertThat(chunk.sequence()).isEqualTo(position.sequence());
            assertThat(chunk.firstLine()).isEqualTo(position.line());
            assertThat(chunk.outOffset()).isEqualTo(position.outOffset());
            assertThat(chunk.errOffset()).isEqualTo(position.errOffset());
            assertThat(chunk.data().length).isLessThanOrEqualTo(LogChunk.LIMIT);
            assertThat(LogChunkReader.lines(chunk)).hasSize(chunk.lineCount());
            position = LogPosition.after(chunk);
        }
    }

    @Test
    void linesOfBothStreamsCarryNumberTimeAndSeverity() throws Exception {
        write(out(), "one\nERROR two\n".getBytes(UTF_8));
        write(err(), "three\r\n\nfour".getBytes(UTF_8));

        readAll(LogPosition.START, NO_LIMIT);

        assertThat(lines())
                .extracting(
                        LogLine::number,
                        LogLine::stream,
                        LogLine::severity,
                        LogLine::complete,
                        LogLine::text)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                0L, LogStream.OUT, Severity.NONE, true, "one"),
                        org.assertj.core.groups.Tuple.tuple(
                                1L, LogStream.OUT, Severity.ERROR, true, "ERROR two"),
                        org.assertj.core.groups.Tuple.tuple(
                                2L, LogStream.ERR, Severity.NONE, true, "three\r"),
                        org.assertj.core.groups.Tuple.tuple(
                                3L, LogStream.ERR, Severity.NONE, true, ""),
                        org.assertj.core.groups.Tuple.tuple(
                                4L, LogStream.ERR, Severity.NONE, false, "four"));
        assertThat(new String(copied(LogStream.ERR), UTF_8)).isEqualTo("three\r\n\nfour");
    }

    @Test
    void anyBytesAreKeptExactly() throws Exception {
        Random random = new Random(7);
        byte[] first = new byte[700_001];
        byte[] second = new byte[300_000];
        random.nextBytes(first);
        random.nextBytes(second);
        for (int i = 0; i < 100_000; i++) {
            second[random.nextInt(second.length)] = '\n';
        }
        write(out(), first);
        write(err(), second);

        LogPosition end = readAll(LogPosition.START, NO_LIMIT);

        assertThat(copied(LogStream.OUT)).isEqualTo(first);
        assertThat(copied(LogStream.ERR)).isEqualTo(second);
        assertThat(end.outOffset()).isEqualTo(first.length);
        assertThat(end.line()).isEqualTo(lines().size());
        assertChunksFollowEachOther(LogPosition.START);
    }

    @Test
    void veryLongLineBecomesPartsThatSayHowTheyBelongTogether() throws Exception {
        byte[] line = "äöü€".repeat(30_000).getBytes(UTF_8);
        write(out(), line);
        write(out(), "\nnext\n".getBytes(UTF_8));

        readAll(LogPosition.START, NO_LIMIT);

        List<LogLine> lines = lines();
        assertThat(lines).hasSizeGreaterThan(3);
        assertThat(lines.getFirst().continued()).isFalse();
        assertThat(lines.getFirst().complete()).isFalse();
        assertThat(lines.subList(1, lines.size() - 2))
                .allSatisfy(part -> assertThat(part.continued()).isTrue())
                .allSatisfy(part -> assertThat(part.complete()).isFalse());
        assertThat(lines.get(lines.size() - 2).complete()).isTrue();
        assertThat(lines.getLast().text()).isEqualTo("next");
        // No character is cut in two, so parts can be shown as text
        assertThat(String.join("", lines.stream().map(LogLine::text).toList()))
                .isEqualTo("äöü€".repeat(30_000) + "next");
    }

    @Test
    void outputIsFollowedWhileItGrows() throws Exception {
        LogTail tail = tail(LogPosition.START, NO_LIMIT);
        Thread reader =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                tail.run();
                            } catch (IOException | InterruptedException broken) {
                                throw new AssertionError(broken);
                            }
                        });
        write(out(), "first\n".getBytes(UTF_8));
        await("first line").until(() -> lines().size() == 1);
        write(err(), "second\nprompt> ".getBytes(UTF_8));
        await("second line").until(() -> lines().size() >= 2);
        await("prompt without newline").until(() -> lines().size() >= 3);
        write(err(), "yes\n".getBytes(UTF_8));
        tail.end();
        reader.join();

        assertThat(lines().get(2).complete()).isFalse();
        assertThat(lines().get(3).continued()).isTrue();
        assertThat(new String(copied(LogStream.ERR), UTF_8)).isEqualTo("second\nprompt> yes\n");
        assertChunksFollowEachOther(LogPosition.START);
    }

    @Test
    void readingGoesOnWhereItStoppedWithoutLossOrDoubling() throws Exception {
        Random random = new Random(3);
        var text = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            text.append("x".repeat(random.nextInt(20))).append('\n');
        }
        write(out(), text.toString().getBytes(UTF_8));
        write(err(), text.reverse().toString().getBytes(UTF_8));
        readAll(LogPosition.START, NO_LIMIT);
        List<LogChunk> all = List.copyOf(chunks);

        for (int kept : List.of(0, 1, all.size() / 2, all.size() - 1, all.size())) {
            chunks.clear();
            chunks.addAll(all.subList(0, kept));
            readAll(kept == 0 ? LogPosition.START : LogPosition.after(all.get(kept - 1)), NO_LIMIT);

            assertThat(copied(LogStream.OUT)).isEqualTo(Files.readAllBytes(out()));
            assertThat(copied(LogStream.ERR)).isEqualTo(Files.readAllBytes(err()));
            assertChunksFollowEachOther(LogPosition.START);
        }
    }

    @Test
    void resumedMiddleOfALineIsMarkedAsContinued() throws Exception {
        write(out(), "half".getBytes(UTF_8));
        LogPosition stored = readAll(LogPosition.START, NO_LIMIT);
        write(out(), " and half\n".getBytes(UTF_8));

        readAll(stored, NO_LIMIT);

        assertThat(lines().getLast().continued()).isTrue();
        assertThat(lines().getLast().text()).isEqualTo(" and half");
    }

    @Test
    void exactlyTheLimitIsKeptAndTheLimitIsToldOnce() throws Exception {
        write(out(), "0123456789\n".repeat(10_000).getBytes(UTF_8));

        LogPosition end = readAll(LogPosition.START, 50_005);

        assertThat(end.outOffset() + end.errOffset()).isEqualTo(50_005);
        assertThat(limits).hasValue(1);
    }

    @Test
    void outputOfExactlyTheLimitIsFine() throws Exception {
        write(out(), "12345\n".getBytes(UTF_8));

        readAll(LogPosition.START, 6);

        assertThat(limits).hasValue(0);
    }

    @Test
    void hundredMegabyteLineKeepsTheHeapFlat() throws Exception {
        byte[] block = new byte[1 << 20];
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) ('a' + i * 31 % 26);
        }
        try (OutputStream file = Files.newOutputStream(out())) {
            for (int i = 0; i < 100; i++) {
                file.write(block);
            }
        }
        long[] sizes = new long[2];
        LogTail tail =
                new LogTail(
                        out(),
                        err(),
                        LogPosition.START,
                        NO_LIMIT,
                        chunk -> {
                            sizes[0] += chunk.outLength();
                            sizes[1] = Math.max(sizes[1], chunk.data().length);
                        },
                        limits::incrementAndGet,
                        InstantSource.system());
        tail.end();
        tail.run();

        assertThat(sizes[0]).isEqualTo(100L << 20);
        assertThat(sizes[1]).isLessThanOrEqualTo(LogChunk.LIMIT);
    }
}
