package dev.millwright.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.terminal.Symbols;
import dev.millwright.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Carries out command lines inside of the test and keeps what they print.
public final class Cli {
    public record Result(int code, String out, String err) {}

    private final Map<String, String> environment = new HashMap<>();
    private Path directory = Path.of("").toAbsolutePath();
    private String input = "";

    public Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Cli in(Path place) {
        directory = place;
        return this;
    }

    public Cli input(String text) {
        input = text;
        return this;
    }

    public Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Result result = runInto(out, arguments);
        return new Result(result.code(), out.toString(UTF_8), result.err());
    }

    /// As [#run(String...)], with standard output of one's own; the result's is empty.
    public Result runInto(OutputStream out, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings around =
                new Surroundings(
                        Terminal.plain(out, err, Symbols.UNICODE),
                        new ByteArrayInputStream(input.getBytes(UTF_8)),
                        environment,
                        directory);
        int code = CliMain.run(around, arguments);
        return new Result(code, "", err.toString(UTF_8));
    }
}
