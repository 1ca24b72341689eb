package dev.millwright.server.web.live;

import dev.millwright.api.event.EventView;
import dev.millwright.api.run.LogLineView;
import dev.millwright.model.event.Event;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.log.LogStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Events and log lines in the form in which they travel. Lines are counted from 1 there.
public final class LiveViews {
    private LiveViews() {}

    public static EventView event(Event event) {
        return new EventView(
                event.seq(),
                event.at(),
                event.namespace(),
                event.type(),
                event.subject(),
                event.runOrNull(),
                event.runOrNull() == null ? null : event.runSeq(),
                event.data().values());
    }

    public static LogLineView line(LogLine line) {
        boolean text = isUtf8(line.bytes());
        return new LogLineView(
                line.number() + 1,
                line.stream() == LogStream.OUT ? LogLineView.Stream.OUT : LogLineView.Stream.ERR,
                line.at(),
                line.severity().word(),
                line.continued(),
                line.complete(),
                line.text(),
                text ? null : Base64.getEncoder().encodeToString(line.bytes()));
    }

    public static boolean isUtf8(byte[] bytes) {
        for (byte each : bytes) {
            if (each < 0) {
                return decodes(bytes);
            }
        }
        return true;
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
