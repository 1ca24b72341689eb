package dev.millwright.server.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.model.plan.Source;
import dev.millwright.server.resource.PipelineSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pipeline files of another system in a real repository.
class ForeignFilesTest {
    private static final String OWN = "steps: [{name: only, commands: ['true']}]\n";

    @TempDir Path folder;
    private LinesRepository repository;

    @BeforeEach
    void makeRepository() throws Exception {
        repository = LinesRepository.create(folder);
    }

    private PipelineFiles.Pinned tip() {
        PipelineSpec.Repository spec =
                new PipelineSpec.Repository(
                        repository.work().toString(), "", "", Source.Checkout.DEFAULT);
        return repository.files().pin(spec, Optional.empty(), Optional.empty(), Since.PARENT);
    }

    private PipelineFiles.Parsed read(PipelineFiles.Pinned at, String file) {
        PipelineFiles.Answer answer = repository.files().read(at, "web", file);
        assertThat(answer).isInstanceOf(PipelineFiles.Parsed.class);
        return (PipelineFiles.Parsed) answer;
    }

    private static String definition(PipelineFiles.Parsed parsed) {
        assertThat(parsed.result()).isInstanceOf(ReadResult.Read.class);
        return ((ReadResult.Read) parsed.result()).definition().root().toString();
    }

    @Test
    void aFileThatAFormatReadsMeansWhatItSays() throws Exception {
        var _ = repository.commit("ci/build.lines", "make\nmake test\n");

        PipelineFiles.Parsed parsed = read(tip(), "ci/build.lines");

        assertThat(definition(parsed)).contains("make test", "web");
        assertThat(parsed.names()).isEqualTo(List.of("ci/build.lines"));
        assertThat(parsed.warnings()).containsExactly("2 lines");
    }

    @Test
    void aFileOfAFormatIsFoundWhereThereIsNoneOfMillwright() throws Exception {
        var _ = repository.commit("build.lines", "make\n");
        assertThat(read(tip(), "").names()).containsExactly("build.lines");

        var _ = repository.commit(".millwright/web.yaml", OWN);
        assertThat(read(tip(), "").names()).containsExactly(".millwright/web.yaml");
    }

    @Test
    void whatIsWrongWithAFileOfAFormatIsToldWithItsPlaceThere() throws Exception {
        var _ = repository.commit("build.lines", "make\n  !\n");

        assertThat(read(tip(), "").result().toString()).contains("build.lines:2:3", "no command");
    }

    @Test
    void aFormatReadsOtherFilesOfTheSameCommitOnly() throws Exception {
        var _ = repository.commit("build.lines", "<more.lines\n");
        var _ = repository.commit("more.lines", "make first\n");
        PipelineFiles.Pinned first = tip();
        var _ = repository.commit("more.lines", "make second\n");

        assertThat(definition(read(first, ""))).contains("make first");
        assertThat(definition(read(tip(), ""))).contains("make second");
    }
}
