package dev.millwright.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.cli.command.Surroundings;
import dev.millwright.cli.launch.Launcher;
import dev.millwright.cli.terminal.Symbols;
import dev.millwright.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HintsTest {
    @TempDir private Path folder;

    private List<String> printed(Path script) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Terminal terminal = Terminal.plain(out, out, Symbols.UNICODE);
        Launcher launcher = new Launcher(script);
        new Hints(
                        new Surroundings(terminal, InputStream.nullInputStream(), Map.of(), folder),
                        launcher,
                        new DemoServer(launcher, folder, 8080),
                        DemoRepository.create(folder))
                .print(new DemoScreen(terminal));
        return out.toString(UTF_8).lines().toList();
    }

    @Test
    void whatTheyShowStandsInOneColumnHoweverLongTheCommandsAre() {
        Path deep = folder.resolve("a-place/with-a-long-name/and-another-one/millwright");

        var columns =
                printed(deep).stream()
                        .filter(line -> line.matches("  \\S.*\\S  +[a-z].*"))
                        .map(line ->
                                line.length() - line.replaceFirst("  \\S.*?\\S  +", "").length())
                        .toList();

        assertThat(columns).hasSize(6).containsOnly(columns.getFirst());
    }

    @Test
    void theApiIsAskedWithTheKey() {
        assertThat(printed(folder.resolve("millwright")))
                .contains("  export MILLWRIGHT_KEY=$(cat " + folder.resolve("data/admin.key") + ")")
                .anySatisfy(line ->
                        assertThat(line)
                                .startsWith(
                                        "  curl -sH \"X-API-Key: $MILLWRIGHT_KEY\""
                                                + " $MILLWRIGHT_SERVER/api/v1/openapi.json  "));
    }
}
