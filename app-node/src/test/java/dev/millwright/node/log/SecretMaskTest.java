package dev.millwright.node.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogChunkReader;
import dev.millwright.model.log.LogChunkWriter;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.log.LogPosition;
import dev.millwright.model.log.LogStream;
import dev.millwright.model.log.Severity;
import dev.millwright.plugin.Secret;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {
    private static final String VALUE = "p&ss \"w\\rd/1";

    private static SecretMask mask(String... values) {
        return SecretMask.of(List.of(values).stream().map(Secret::of).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {VALUE, "p%26ss+%22w%5Crd%2F1", "p&ss \\\"w\\\\rd/1"})
    void everyFormOfAValueIsCovered(String form) {
        String masked = mask(VALUE).text("before " + form + " after");
        assertThat(masked).isEqualTo("before " + "*".repeat(form.length()) + " after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "us", "usr"})
    void base64IsCoveredWhateverStandsInFront(String before) {
        String coded =
                Base64.getEncoder().encodeToString((before + VALUE + "tail").getBytes(UTF_8));
        String masked = mask(VALUE).text(coded);

        // Each character that holds as much as one bit of the value
        int from = before.length() * 8 / 6;
        int to = ((before.length() + VALUE.length()) * 8 + 5) / 6;
        assertThat(masked)
                .isEqualTo(coded.substring(0, from) + "*".repeat(to - from) + coded.substring(to));
    }

    @Test
    void base64IsCoveredToItsEndAndNoFurther() {
        String coded = Base64.getEncoder().encodeToString(VALUE.getBytes(UTF_8));
        assertThat(coded).hasSize(16).doesNotEndWith("=");
        String longer = Base64.getEncoder().encodeToString((VALUE + "1").getBytes(UTF_8));
        assertThat(mask(VALUE + "1").text("(" + longer + ")"))
                .isEqualTo("(" + "*".repeat(longer.length() - 2) + "==)");
        assertThat(mask(VALUE + "1").text(longer.replace("=", "") + "\tü"))
                .isEqualTo("*".repeat(longer.length() - 2) + "\tü");
    }

    @ParameterizedTest
    @CsvSource({"76, 0", "76, 1", "76, 5", "76, 57", "64, 0", "64, 2", "64, 30"})
    void base64IsCoveredWhereItIsBrokenIntoLines(int width, int before) {
        String value = IntStream.range(0, 150).mapToObj(i -> "v" + i * 37).collect(joining("/"));
        String lines =
                Base64.getMimeEncoder(width, new byte[] {'\n'})
                        .encodeToString(("u".repeat(before) + value).getBytes(UTF_8));
        int from = before * 8 / 6;

        String masked = mask(value).text(lines.replace("\n", "\r\n"));
        String each = lines.lines().map(mask(value)::text).collect(joining("\n"));

        assertThat(each).isEqualTo(masked.replace("\r", ""));
        assertThat(masked.replace("\r\n", ""))
                .matches(
                        "[A-Za-z0-9+/]{%d}\\*{%d}=*"
                                .formatted(from, ((value.length() + before) * 8 + 5) / 6 - from));
    }

    @Test
    void aShortValueIsCoveredAsBase64WhenItStandsAlone() {
        assertThat(mask("zz99").text("is eno5OQ== here")).isEqualTo("is ******** here");
    }

    @ParameterizedTest
    @CsvSource({
        "a/b+c=d&e/f, a/b%2Bc%3Dd%26e/f",
        "a/b+c=d&e/f, a%2fb%2bc%3dd%26e%2ff",
        "it's (a) b~c, it's%20(a)%20b~c",
        "pässwörd1, p\\u00e4ssw\\u00f6rd1",
        "pässwörd1, p\\u00E4ssw\\u00F6rd1",
        "pässwörd1, p%C3%A4ssw%C3%B6rd1",
        "<ab>&cd, \\u003cab\\u003e\\u0026cd",
        "a/b+c=d, a\\/b+c=d"
    })
    void formsOfOtherLanguagesAreCovered(String value, String form) {
        assertThat(mask(value).text("(" + form + ")"))
                .isEqualTo("(" + "*".repeat(form.length()) + ")");
    }

    @Test
    void eachLineOfAKeyIsCovered() {
        String masked = mask("-----BEGIN\nAAAABBBB\nCCCCDDDD\n").text("x CCCCDDDD y AAAABBBB");
        assertThat(masked).isEqualTo("x ******** y ********");
    }

    @Test
    void aValueThatHoldsAnotherIsCoveredWhole() {
        assertThat(mask("token", "token-of-life").text("a token-of-life"))
                .isEqualTo("a *************");
    }

    @Test
    void shortValuesDoNotHideTheLog() {
        assertThat(mask("no").text("no nothing")).isEqualTo("no nothing");
    }

    @Test
    void aChunkKeepsItsPlaceAndEverythingElse() {
        LogPosition position = new LogPosition(3, 40, 100, 200);
        LogChunk chunk;
        try (LogChunkWriter writer = new LogChunkWriter(position)) {
            add(writer, LogStream.OUT, "first hush-hush line\n", true);
            add(writer, LogStream.ERR, "ärror hush-hush\n", true);
            add(writer, LogStream.OUT, "no newline hush-hush", false);
            chunk = writer.cut();
        }
        LogChunk masked = mask("hush-hush").chunk(chunk);

        assertThat(LogPosition.after(masked)).isEqualTo(LogPosition.after(chunk));
        assertThat(masked.firstAt()).isEqualTo(chunk.firstAt());
        assertThat(LogChunkReader.lines(masked))
                .extracting(LogLine::text)
                .containsExactly("first ********* line", "ärror *********", "no newline *********");
        assertThat(LogChunkReader.lines(masked))
                .usingRecursiveComparison()
                .ignoringFields("bytes")
                .isEqualTo(LogChunkReader.lines(chunk));
    }

    @Test
    void aChunkWithoutSecretsIsLeftAlone() {
        try (LogChunkWriter writer = new LogChunkWriter(LogPosition.START)) {
            add(writer, LogStream.OUT, "nothing\n", true);
            LogChunk chunk = writer.cut();
            assertThat(mask("hush-hush").chunk(chunk)).isSameAs(chunk);
        }
    }

    private static void add(
            LogChunkWriter writer, LogStream stream, String text, boolean complete) {
        byte[] bytes = text.getBytes(UTF_8);
        writer.add(stream, Severity.WARN, false, complete, 1_000_000, bytes, 0, bytes.length);
    }
}
