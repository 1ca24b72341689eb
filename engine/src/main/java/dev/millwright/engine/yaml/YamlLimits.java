package dev.millwright.engine.yaml;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;

/// Refuses text that the YAML parser should never see whole: too long, too deep, or with a huge
/// line. The parser knows no limit of depth by itself and is slow on huge lines.
final class YamlLimits {
    static final int LONGEST_FILE = 256 * 1024;
    static final int LONGEST_LINE = 16 * 1024;
    static final int DEEPEST = 50;
    static final int MOST_ALIASES = 50;

    /// Values of a file once its aliases are replaced by what they stand for.
    static final int MOST_VALUES = 100_000;

    private YamlLimits() {}

    /// Adds a problem for each limit on the bare text that it breaks.
    static void check(String file, String text, Problems problems) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_FILE) {
            problems.add(
                    new Mark(file, 1, 1),
                    "",
                    "the file has %,d bytes, more than the %,d that are allowed"
                            .formatted(length, LONGEST_FILE),
                    "split it with 'include'");
            return;
        }
        int line = 1;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (c == '\n') {
                longLine(new Mark(file, line, LONGEST_LINE + 1), i - start, problems);
                line++;
                start = i + 1;
            } else if (isForbidden(text, i)) {
                problems.add(
                        new Mark(file, line, i - start + 1),
                        "",
                        "the character U+%04X is not allowed".formatted((int) c),
                        "save the file as UTF-8");
                return;
            }
        }
    }

    private static void longLine(Mark mark, int length, Problems problems) {
        if (length > LONGEST_LINE) {
            problems.add(
                    mark,
                    "",
                    "line %d has %,d characters, more than the %,d that are allowed"
                            .formatted(mark.line(), length, LONGEST_LINE),
                    "break it up");
        }
    }

    /// What is left of a file in another encoding, or of a binary one.
    private static boolean isForbidden(String text, int at) {
        char c = text.charAt(at);
        boolean control = c < ' ' && c != '\t' && c != '\r';
        boolean lonely =
                (Character.isHighSurrogate(c)
                                && !(at + 1 < text.length()
                                        && Character.isLowSurrogate(text.charAt(at + 1))))
                        || (Character.isLowSurrogate(c)
                                && !(at > 0 && Character.isHighSurrogate(text.charAt(at - 1))));
        return control || lonely || c == 0x7f || c == '\uFFFE' || c == '\uFFFF';
    }

    /// The file nests deeper than is allowed.
    static final class TooDeepException extends MarkedYamlEngineException {
        private static final long serialVersionUID = 1L;

        TooDeepException(Event at) {
            super(
                    null,
                    Optional.empty(),
                    "the file nests deeper than %d levels".formatted(DEEPEST),
                    at.getStartMark());
        }
    }

    /// Counts how deep the events nest; whoever reads them recurses just as deep.
    static final class Guard implements Parser {
        private final Parser parser;
        private int depth;

        Guard(Parser parser) {
            this.parser = parser;
        }

        @Override
        public boolean checkEvent(Event.ID id) {
            return parser.checkEvent(id);
        }

        @Override
        public Event peekEvent() {
            return parser.peekEvent();
        }

        @Override
        public boolean hasNext() {
            return parser.hasNext();
        }

        @Override
        public Event next() {
            Event event = parser.next();
            switch (event.getEventId()) {
                case SequenceStart, MappingStart -> {
                    depth++;
                    if (depth > DEEPEST) {
                        throw new TooDeepException(event);
                    }
                }
                case SequenceEnd, MappingEnd -> depth--;
                case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Alias, Scalar, Comment -> {
                    // Nothing opens or closes
                }
            }
            return event;
        }
    }
}
