package dev.millwright.node.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.plan.OutputSource;
import dev.millwright.node.NodeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class OutputsTest {
    @TempDir Path workspace;

    private Map<String, String> found(String regex, String text) throws Exception {
        Files.writeString(workspace.resolve("report"), text);
        return Outputs.collect(
                workspace.resolve("none"),
                List.of(new OutputSource("v", "report", regex)),
                workspace,
                workspace);
    }

    @Test
    void theFirstGroupIsTheValueAndElseTheWholeMatch() throws Exception {
        assertThat(found("version (\\d+)", "version 17\n")).containsEntry("v", "17");
        assertThat(found("\\d+", "version 17\n")).containsEntry("v", "17");
    }

    /// With an engine that tries every way to match, this takes longer than there is a universe.
    @Test
    @Tag("S34")
    @Timeout(20)
    void anExpressionThatIsMadeToHurtIsDoneInTime() {
        assertThatThrownBy(() -> found("(a+)+$", "a".repeat(100_000) + "!"))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("nothing in 'report' matches");
        assertThatThrownBy(() -> found("(a)\\1", "aa"))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("is not a regular expression");
    }
}
