package dev.millwright.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTextTest {
    @Test
    void durationsAreShort() {
        assertThat(Times.duration(Duration.ofMillis(450))).isEqualTo("0.4s");
        assertThat(Times.duration(Duration.ofSeconds(185))).isEqualTo("3m05s");
        assertThat(Times.duration(Duration.ofMinutes(127))).isEqualTo("2h07m");
        assertThat(Times.duration(Duration.ofHours(99))).isEqualTo("4d03h");
    }

    @Test
    void agesHaveOneUnit() {
        var now = Instant.parse("2026-01-02T00:00:00Z");

        assertThat(Times.age(now.minusSeconds(59), now)).isEqualTo("59s");
        assertThat(Times.age(now.minusSeconds(600), now)).isEqualTo("10m");
        assertThat(Times.age(now.plusSeconds(5), now)).isEqualTo("0s");
    }

    @Test
    void wideLettersTakeTwoColumnsAndMarksNone() {
        assertThat(TextWidth.of("製粉所")).isEqualTo(6);
        assertThat(TextWidth.of("e\u0301")).isEqualTo(1);
        assertThat(TextWidth.cut("製粉所", 5, "…")).isEqualTo("製粉…");
    }

    @Test
    void escapesOfOthersNeverReachTheTerminal() {
        assertThat(TextWidth.plain("a\u001b[2Jb\u001b]0;title\u0007c\rd\u0000")).isEqualTo("abc d");
    }

    @Test
    void linesAreCutWithTheirStylesKept() {
        var line = Line.of(Style.RED, "abc").add("defgh");

        assertThat(line.render(false, 6, "…")).isEqualTo("abcde…".substring(0, 5) + "…");
        assertThat(line.render(true, 80, "…")).isEqualTo("\u001b[31mabc\u001b[0mdefgh");
    }

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        var table = Table.of("NAME", "WHAT").row("a", "first").row("longer", "");

        assertThat(table.lines(true))
                .map(Line::toString)
                .containsExactly("NAME    WHAT", "a       first", "longer");
        assertThat(table.lines(false)).hasSize(2);
    }

    @Test
    void theLocaleDecidesAboutSymbols() {
        assertThat(Terminal.isUnicode(Map.of("LANG", "de_DE.UTF-8"))).isTrue();
        assertThat(Terminal.isUnicode(Map.of("LANG", "de_DE.UTF-8", "LC_ALL", "C"))).isFalse();
        assertThat(Terminal.isUnicode(Map.of())).isFalse();
    }
}
