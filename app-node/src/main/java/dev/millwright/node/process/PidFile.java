package dev.millwright.node.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.millwright.plugin.runner.RunnerException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// What the supervisor leaves in the home folder: `pid` when it began, `rc` when it ended. A file
/// counts only with its last newline.
final class PidFile {
    private static final String NEVER = "never\n\n";
    private static final Pattern PID = Pattern.compile("[1-9][0-9]{0,17}");

    private PidFile() {}

    /// What `pid` says.
    sealed interface Content {
        /// The step has not begun and never will.
        record Never() implements Content {}

        /// The supervisor has begun to write and not finished, or wrote what nobody understands.
        record Cut() implements Content {}

        /// The supervisor runs or ran.
        ///
        /// @param boot of the machine when it began
        record Began(long pid, String boot) implements Content {}
    }

    /// Make sure that a step that has not begun never will, then tell which it is.
    static Content claim(Path home) {
        try {
            Files.createDirectories(home);
            Files.writeString(home.resolve("pid"), NEVER, StandardOpenOption.CREATE_NEW);
            return new Content.Never();
        } catch (FileAlreadyExistsException begun) {
            return read(home);
        } catch (IOException unreadable) {
            throw new RunnerException("cannot write into " + home, unreadable);
        }
    }

    static Content read(Path home) {
        String text = text(home.resolve("pid")).orElse("");
        List<String> lines = text.lines().toList();
        if (text.equals(NEVER)) {
            return new Content.Never();
        }
        if (lines.size() < 2 || !text.endsWith("\n") || !PID.matcher(lines.get(0)).matches()) {
            return new Content.Cut();
        }
        return new Content.Began(Long.parseLong(lines.get(0)), lines.get(1));
    }

    /// The exit code, if the supervisor lived to write it down.
    static OptionalInt exitCode(Path home) {
        String text = text(home.resolve("rc")).orElse("");
        return text.matches("[0-9]{1,3}\n")
                ? OptionalInt.of(Integer.parseInt(text.strip()))
                : OptionalInt.empty();
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file, ISO_8859_1));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new RunnerException("cannot read " + file, unreadable);
        }
    }
}
