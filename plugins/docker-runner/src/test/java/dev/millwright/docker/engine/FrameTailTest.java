package dev.millwright.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameTailTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8_192, FrameTail.BYTES, 3 * FrameTail.BYTES + 5})
    void theSameOutputIsWholeHoweverItIsCut(int size) {
        String text = lines(0, 20_000);
        assertThat(tail(StreamType.STDOUT, text, size).isWhole(told(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8_192})
    void aShortOutputIsWholeHoweverItIsCut(int size) {
        String text = lines(0, 100);
        assertThat(tail(StreamType.STDERR, text, size).isWhole(tail(StreamType.STDERR, text, 40)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2_000, FrameTail.BYTES + 1})
    void outputWithoutItsEndIsNotWhole(int lost) {
        String text = lines(0, 20_000);
        String cut = text.substring(0, text.length() - lost);
        assertThat(tail(StreamType.STDOUT, cut, 8_192).isWhole(told(text))).isFalse();
    }

    @Test
    void outputOfTheOtherStreamIsNotTaken() {
        String text = lines(0, 100);
        FrameTail err = tail(StreamType.STDERR, text, 20);
        assertThat(tail(StreamType.STDOUT, text, 20).isWhole(err)).isFalse();
    }

    @Test
    void whatRepeatsMayEndAnywhere() {
        String text = "tick\ntock\n".repeat(2_000);
        assertThat(tail(StreamType.STDOUT, text, 8_192).isWhole(told(text))).isFalse();
    }

    private static String lines(int first, int end) {
        return IntStream.range(first, end)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining());
    }

    /// What the engine tells of the end, a frame for each line.
    private static FrameTail told(String text) {
        String[] lines = text.split("(?<=\n)");
        FrameTail tail = new FrameTail();
        Arrays.stream(lines)
                .skip(lines.length - FrameTail.FRAMES)
                .forEach(line -> tail.add(frame(StreamType.STDOUT, line)));
        return tail;
    }

    private static FrameTail tail(StreamType stream, String text, int size) {
        FrameTail tail = new FrameTail();
        for (int at = 0; at < text.length(); at += size) {
            tail.add(frame(stream, text.substring(at, Math.min(text.length(), at + size))));
        }
        return tail;
    }

    private static Frame frame(StreamType stream, String text) {
        return new Frame(stream, text.getBytes(StandardCharsets.US_ASCII));
    }
}
