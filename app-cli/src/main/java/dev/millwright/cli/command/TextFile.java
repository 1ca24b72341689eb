package dev.millwright.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads files that people write.
public final class TextFile {
    private TextFile() {}

    /// The text of a file.
    ///
    /// @param name as the user wrote it, for messages
    public static String read(Path path, String name) throws IOException {
        return text(name, Files.readAllBytes(path));
    }

    /// The bytes as text. Throws [CliException] with the place of the first that is not UTF-8.
    public static String text(String name, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result =
                UTF_8.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            int column = text.length() - text.lastIndexOf('\n');
            throw CliException.usage(
                    "%s:%d:%d: this is not UTF-8: byte 0x%02x, number %d of the file"
                            .formatted(
                                    name, line, column, bytes[in.position()], in.position() + 1));
        }
        return text;
    }
}
