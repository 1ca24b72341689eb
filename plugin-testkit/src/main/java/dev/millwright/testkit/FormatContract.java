package dev.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.plan.InlineSteps;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.host.use.Point;
import dev.millwright.model.Payload;
import dev.millwright.plugin.format.FormatResult;
import dev.millwright.plugin.format.PipelineFile;
import dev.millwright.plugin.format.PipelineFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [PipelineFormat] has to hold.
///
/// ```java
/// final class NarwhalContractIT extends FormatContract {
///     @Override protected String kind() { return "narwhal"; }
///     @Override protected Map<String, Object> configuration() { return Map.of(); }
///     @Override protected String valid() { return "image: alpine\nsteps: [make]\n"; }
/// }
/// ```
public abstract class FormatContract extends ExtensionContract<PipelineFormat<?>> {
    private static final int LARGEST_FILE = 256 * 1024;

    /// A file that the format understands.
    protected abstract String valid();

    @Override
    protected final Point<PipelineFormat<?>> point() {
        return Point.FORMAT;
    }

    /// Read a text as the first of the format's files.
    protected final FormatResult read(String text) throws InterruptedException {
        var format = loaded().format(kind(), configuration());
        return format.read(
                new PipelineFile(
                        format.files().getFirst(),
                        "contract",
                        Payload.of(text),
                        path -> Optional.empty()));
    }

    @Test
    void aValidFileBecomesAPipelineThatMillwrightAccepts() throws InterruptedException {
        FormatResult result = read(valid());
        assertThat(result).isInstanceOf(FormatResult.Read.class);
        assertThat(InlineSteps.read("contract", ((FormatResult.Read) result).pipeline()))
                .isInstanceOf(ReadResult.Read.class);
    }

    @Test
    void itSaysWhichFilesItReads() throws InterruptedException {
        assertThat(loaded().format(kind(), configuration()).files())
                .isNotEmpty()
                .allMatch(path -> !path.isBlank() && !path.startsWith("/") && !path.endsWith("/"))
                .noneMatch(path -> List.of(path.split("/", -1)).contains(".."));
    }

    /// In time, that is, and without breaking down.
    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "- ", "a", "\n", "&a [*a, "})
    void whatIsHugeIsAnsweredToo(String part) throws InterruptedException {
        assertThat(read(part.repeat(LARGEST_FILE / part.length()))).isNotNull();
    }

    @Test
    void theSameTextMeansTheSameEachTime() throws InterruptedException {
        assertThat(read(valid())).isEqualTo(read(valid()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0000", "{", "- : [", "just a text", "42", "a: {b: [c"})
    void whatIsNoSuchFileIsInvalidWithAReason(String text) throws InterruptedException {
        assertThat(read(text))
                .isInstanceOfSatisfying(
                        FormatResult.Invalid.class,
                        invalid ->
                                assertThat(invalid.faults())
                                        .isNotEmpty()
                                        .allMatch(fault -> !fault.message().isBlank()));
    }
}
