package dev.millwright.model.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.regex.Pattern;

/// One line of a step's log, or a part of a line that was too long or too slow to be kept in one
/// piece.
///
/// @param number from 0 within the attempt, both streams counted
/// @param at when the node read it
/// @param continued whether it goes on with the last line of the same stream
/// @param complete whether a newline ended it; otherwise the next line of the stream goes on with
///   it, or the output ended there
/// @param bytes exactly what the step wrote, without the newline
@SuppressWarnings("ArrayRecordComponent") // lines are exact bytes, not always text; never compared
public record LogLine(
        long number,
        LogStream stream,
        Instant at,
        Severity severity,
        boolean continued,
        boolean complete,
        byte[] bytes) {

    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f&&[^\t]]");

    /// The line as text; bytes that are no UTF-8 become replacement characters.
    public String text() {
        return new String(bytes, UTF_8);
    }

    /// The line as somebody at a terminal would have it before his eyes in the end, without
    /// colours: for mails and chats. Of what was overwritten after a carriage return, the last.
    public String plainText() {
        String bare = Escapes.removedFrom(text()).stripTrailing();
        String last = bare.substring(bare.lastIndexOf('\r') + 1);
        return CONTROLS.matcher(last).replaceAll("");
    }
}
