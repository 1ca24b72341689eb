package dev.millwright.cli.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    private static final Instant TIME = Instant.parse("2026-11-22T06:14:42.276Z");

    private static String line(
            LogLines lines, Level level, @Nullable Throwable thrown, String text, Object... rest) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event =
                new LoggingEvent("", context.getLogger("a.B"), level, text, thrown, rest);
        event.setInstant(TIME);
        return new String(lines.encode(event), UTF_8);
    }

    @Test
    void peopleSeeLevelAndText() {
        assertThat(line(new LogLines(null), Level.WARN, null, "node {} is late", "n1"))
                .isEqualTo("WARN: node n1 is late\n");
    }

    @Test
    void logsBeginWithTheTimeOfTheirZoneAndLineUp() {
        LogLines utc = new LogLines(ZoneId.of("UTC"));
        assertThat(line(utc, Level.INFO, null, "connected"))
                .isEqualTo("2026-11-22T06:14:42.276Z INFO  connected\n");
        assertThat(line(utc, Level.ERROR, null, "broken"))
                .isEqualTo("2026-11-22T06:14:42.276Z ERROR broken\n");
        assertThat(line(new LogLines(ZoneId.of("Asia/Kolkata")), Level.INFO, null, "connected"))
                .isEqualTo("2026-11-22T11:44:42.276+05:30 INFO  connected\n");
    }

    @Test
    void anExceptionFollowsWithItsCause() {
        IOException thrown = new IOException("full", new IllegalStateException("no room"));
        assertThat(line(new LogLines(null), Level.WARN, thrown, "cannot be kept"))
                .startsWith("WARN: cannot be kept\njava.io.IOException: full\n")
                .contains("\tat dev.millwright.cli.log.LogLinesTest")
                .contains("Caused by: java.lang.IllegalStateException: no room");
    }
}
