package dev.millwright.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.plugin.NoConfiguration;
import dev.millwright.plugin.format.PipelineFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The files that the documentation shows are understood, and do what it says.
final class DocumentedFilesTest {
    private static final Path PAGE = Path.of("../../docs/formats.md");

    private static List<String> shown(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static List<String> shapes(PipelineFormat<NoConfiguration> format, List<String> files) {
        Reading reading = new Reading(format);
        return files.stream().map(file -> Reading.shape(reading.read(file))).toList();
    }

    @Test
    void theFilesOfThePageAreUnderstood() throws Exception {
        assertThat(shapes(new NarwhalFormat(), shown("yaml")))
                .containsExactly("(fetch (count | greet) pack)");
        assertThat(shapes(new BassFormat(), shown("json")))
                .containsExactly("(shop)", "((build (test | lint) publish))");
    }

    @Test
    void itShowsTheSamples() throws Exception {
        assertThat(shown("json")).contains(Files.readString(Path.of("samples/bass.json")));
    }
}
