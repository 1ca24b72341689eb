package dev.millwright.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.terminal.Symbols;
import dev.millwright.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class PlainNodeRunTest {
    private final Surroundings around =
            new Surroundings(
                    Terminal.plain(
                            new ByteArrayOutputStream(),
                            new ByteArrayOutputStream(),
                            Symbols.UNICODE),
                    InputStream.nullInputStream(),
                    Map.of(),
                    Path.of("").toAbsolutePath());

    private CommandLine usual() {
        return new CommandLine(new NodeRunCommand(around));
    }

    private static List<String> names(CommandLine line) {
        return line.getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp())
                .map(OptionSpec::longestName)
                .toList();
    }

    private static List<Object> values(CommandLine line) {
        List<Object> values = new ArrayList<>();
        line.getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp())
                .forEach(option -> values.add(option.getValue()));
        return values;
    }

    private void sameAsUsual(List<String> options) {
        CommandLine usual = usual();
        usual.parseArgs(options.toArray(String[]::new));
        NodeRunCommand plain =
                PlainNodeRun.command(
                                around,
                                Stream.concat(Stream.of("node", "run"), options.stream()).toList())
                        .orElseThrow();

        assertThat(values(new CommandLine(plain))).isEqualTo(values(usual));
    }

    @Test
    void readsEveryOptionAsTheOtherCommandsAreRead() {
        List<String> names = names(usual());
        assertThat(names).contains("--root", "--server", "--slots", "--no-plugins");
        sameAsUsual(names.stream().flatMap(name -> Stream.of(name, "of " + name)).toList());
        sameAsUsual(names.stream().map(name -> name + "=a=" + name).toList());
        names.forEach(name -> sameAsUsual(List.of(name, "this one only")));
        sameAsUsual(List.of());
    }

    @Test
    void pluginsAreRefusedWithoutAValue() {
        sameAsUsual(List.of("--no-plugins"));
        sameAsUsual(List.of("--no-plugins", "--slots", "2"));
        sameAsUsual(List.of("--no-plugins", "false", "--slots", "2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node",
                "node list",
                "node join --slots 2",
                "--debug node run",
                "node run --help",
                "node run -h",
                "node run --debug",
                "node run word",
                "node run --slots",
                "node run --slots=",
                "node run --slots --name=a",
                "node run --slots -1",
                "node run --slots 1 --slots 2",
                "node run --slot 2",
                "node run @file",
                "node run --name @file"
            })
    void leavesAllElseToTheLibrary(String line) {
        assertThat(PlainNodeRun.of(around, List.of(line.split(" ", -1)))).isEmpty();
    }
}
