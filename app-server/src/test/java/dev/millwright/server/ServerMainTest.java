package dev.millwright.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerMainTest {
    @TempDir Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Map<String, String> environment, String... arguments) throws Exception {
        Files.writeString(folder.resolve("empty.yaml"), "");
        return ServerMain.run(
                List.of(arguments),
                Map.copyOf(environment),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
    }

    @Test
    void aRehearsalRunsAPipelineAndStops() throws Exception {
        int code =
                run(
                        Map.of(
                                "MILLWRIGHT_REHEARSAL",
                                "true",
                                "MILLWRIGHT_CONFIG",
                                folder.resolve("empty.yaml").toString()),
                        "--data-dir=" + folder.resolve("data"),
                        "--port=0");

        assertThat(code).as(err.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8)).contains("administrator key (shown once");
    }

    @Test
    void aWrongFlagEndsWithTwoAndASuggestion() throws Exception {
        assertThat(run(Map.of(), "--prot=1")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("prot").contains("did you mean").contains("port");
    }

    @Test
    void helpNamesEveryFlag() throws Exception {
        assertThat(run(Map.of(), "--help")).isZero();
        assertThat(out.toString(UTF_8))
                .contains("Usage: millwright server", "--data-dir", "[8080]");
    }

    @Test
    void aDataDirectoryThatIsAFileEndsWithFive() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(run(Map.of(), "--data-dir=" + file, "--port=0")).isEqualTo(5);
        assertThat(err.toString(UTF_8)).contains("the server cannot start").contains("file");
    }
}
