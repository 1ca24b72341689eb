package dev.millwright.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.cli.launch.PipeReader;
import dev.millwright.cli.launch.TerminalSize;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Where a command writes to, and what can be drawn there. Text is UTF-8 whatever the locale says;
/// the locale only decides about symbols. Any thread may write.
///
/// @param out throws [OutputException] when nobody reads it any longer
/// @param isLive whether lines may be drawn anew in their place
/// @param size asked for before each drawing
/// @param isUnread whether the reader of `out` is known to be gone
public record Terminal(
        PrintStream out,
        PrintStream err,
        boolean isLive,
        boolean colour,
        Symbols symbols,
        Supplier<TerminalSize> size,
        BooleanSupplier isUnread) {

    /// The terminal (or file, or pipe) of this process.
    public static Terminal system(Map<String, String> environment) {
        boolean console = isConsole();
        boolean dumb = "dumb".equals(environment.getOrDefault("TERM", "dumb"));
        boolean quiet = isSet(environment, "NO_COLOR");
        boolean robot = isSet(environment, "CI");
        return new Terminal(
                answers(new FileOutputStream(FileDescriptor.out)),
                notes(new FileOutputStream(FileDescriptor.err)),
                console && !dumb && !quiet && !robot,
                console && !dumb && !quiet,
                isUnicode(environment) ? Symbols.UNICODE : Symbols.ASCII,
                TerminalSize.watched(environment),
                PipeReader::isGone);
    }

    /// Text without colours and without drawing, as into a pipe.
    public static Terminal plain(OutputStream out, OutputStream err, Symbols symbols) {
        return new Terminal(
                answers(out),
                notes(err),
                false,
                false,
                symbols,
                () -> TerminalSize.DEFAULT,
                () -> false);
    }

    static boolean isUnicode(Map<String, String> environment) {
        String locale =
                Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                        .map(name -> environment.getOrDefault(name, ""))
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                        .orElse("")
                        .toLowerCase(Locale.ROOT);
        return locale.contains("utf-8") || locale.contains("utf8");
    }

    private static boolean isConsole() {
        // Without a terminal there is no console at all, or one that says so.
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isEmpty();
    }

    private static PrintStream answers(OutputStream to) {
        return new PrintStream(new FailingOutput(to), false, UTF_8);
    }

    private static PrintStream notes(OutputStream to) {
        return new PrintStream(to, false, UTF_8);
    }

    public String paint(Style style, String text) {
        return style.paint(text, colour);
    }

    /// Print one line to standard output.
    public void line(String text) {
        out.print(text + "\n");
        out.flush();
    }

    public void line(Line line) {
        line(line.render(colour));
    }

    public void lines(Iterable<Line> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.render(colour)).append('\n'));
        out.print(text);
        out.flush();
    }

    /// End the command with an [OutputException] when nobody reads what it prints. For those that
    /// wait for long until they print again.
    public void requireReader() {
        if (isUnread.getAsBoolean()) {
            throw OutputException.closed();
        }
    }

    /// Print one line to standard error: what is for people and not part of the answer.
    public void note(String text) {
        err.print(text + "\n");
        err.flush();
    }
}
