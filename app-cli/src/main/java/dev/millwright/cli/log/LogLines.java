package dev.millwright.cli.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Makes the line of an event, and those of its exception: `WARN: text` for people,
/// `2026-11-22T06:14:42.276Z INFO text` for logs. Any thread.
final class LogLines extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = new byte[0];

    /// As wide as `ERROR`.
    private static final int LEVEL_WIDTH = 5;

    private final @Nullable DateTimeFormatter times;

    /// @param zone of the times; null for lines without
    LogLines(@Nullable ZoneId zone) {
        this.times =
                zone == null
                        ? null
                        : DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
                                .withZone(zone);
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder();
        String level = event.getLevel().toString();
        if (times == null) {
            line.append(level).append(": ");
        } else {
            times.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
            line.append(' ').append(level).repeat(' ', 1 + LEVEL_WIDTH - level.length());
        }
        line.append(event.getFormattedMessage()).append(System.lineSeparator());
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.append(ThrowableProxyUtil.asString(thrown));
        }
        return line.toString().getBytes(UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
