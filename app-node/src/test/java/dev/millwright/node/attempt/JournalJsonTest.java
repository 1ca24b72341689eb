package dev.millwright.node.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.OutputSource;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.node.json.JsonText;
import dev.millwright.plugin.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// An agent that is upgraded, or set back, finds its steps: the journal stays what data binding
/// makes of the records.
class JournalJsonTest {
    private static final JsonMapper BINDING =
            JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();
    private static final AttemptId ATTEMPT = new AttemptId(UUID.randomUUID());
    private static final Instant TIME = Instant.parse("2026-11-22T06:14:42.276123Z");

    @TempDir Path root;

    private static Assignment.Builder least() {
        return Assignment.builder(
                ATTEMPT,
                42,
                new RunId(UUID.randomUUID()),
                StepPath.parse("0/2/1"),
                "process",
                new Parameters(
                        Map.of("commands", List.of("true"), "n", 3L, "deep", Map.of("x", 1.5))));
    }

    private static Assignment most() {
        return least().environment(Map.of("A", "b \"c\"\n"))
                .directory("sub")
                .workspace(
                        new WorkspaceRequest(
                                "https://host/r.git",
                                "c".repeat(40),
                                "refs/heads/main",
                                new Source.Checkout(5, true, true)))
                .timeout(Duration.ofMillis(90_500))
                .grace(Duration.ofSeconds(3))
                .logLimit(1L << 40)
                .outputs(
                        List.of(
                                new OutputSource("a", "f", null),
                                new OutputSource("b", "g", "v=(.*)")))
                .changedFiles(List.of("x/y", "ü"))
                .secrets(Map.of("${secret:a}", Secret.of("hidden")))
                .build();
    }

    private static void isTheSame(JournalEntry entry) {
        String written = JsonText.write(JournalJson.tree(entry));
        String bound = BINDING.writeValueAsString(entry);
        assertThat(BINDING.readTree(written)).isEqualTo(BINDING.readTree(bound));
        assertThat(JournalJson.entry(JsonText.object(bound))).isEqualTo(entry);
        assertThat(BINDING.readValue(written, JournalEntry.class)).isEqualTo(entry);
    }

    @Test
    void entriesAreThoseOfEarlierVersions() {
        isTheSame(new JournalEntry("boot", 5L, most().withoutSecrets()));
        isTheSame(new JournalEntry("boot", null, least().build().withoutSecrets()));
    }

    @Test
    void endsAreThoseOfEarlierVersions() {
        for (AttemptEnd end :
                List.of(
                        new AttemptEnd(
                                Outcome.FAILURE,
                                "exit",
                                "no",
                                3,
                                Map.of("k", "v"),
                                TIME,
                                TIME,
                                1,
                                1L << 33,
                                3),
                        new AttemptEnd(
                                Outcome.SUCCESS, "", "", null, Map.of(), TIME, TIME, 0, 0, 0))) {
            String bound = BINDING.writeValueAsString(end);
            String written = JsonText.write(JournalJson.tree(end));
            assertThat(BINDING.readTree(written)).isEqualTo(BINDING.readTree(bound));
            assertThat(JournalJson.end(JsonText.object(bound))).isEqualTo(end);
        }
    }

    @Test
    void theFolderKeepsAllButSecrets() throws IOException {
        AttemptFolder folder = AttemptFolder.of(root, ATTEMPT);
        Assignment assignment = most();
        folder.open(assignment);
        folder.requestStop(Action.Reason.FAIL_FAST);
        assertThat(folder.assignment()).contains(assignment.withoutSecrets());
        assertThat(folder.stopRequest()).contains(Action.Reason.FAIL_FAST);
        assertThat(folder.isOfThisBoot()).isTrue();
        assertThat(Files.readString(root.resolve(ATTEMPT + "/assignment.json")))
                .doesNotContain("hidden");
        assertThat(Files.readString(root.resolve(ATTEMPT + "/stop.json")))
                .isEqualTo("{\"reason\":\"FAIL_FAST\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"outcome\":\"PERHAPS\"}",
                "{\"outcome\":\"SUCCESS\",\"cause\":\"\",\"message\":\"\",\"exitCodeOrNull\":99999999999}",
                "{\"outcome\":\"SUCCESS\",\"cause\":\"\",\"message\":\"\",\"outputs\":{},\"startedAt\":\"now\"}"
            })
    void whatIsDamagedIsNotThere(String text) throws IOException {
        AttemptFolder folder = AttemptFolder.of(root, ATTEMPT);
        Files.createDirectories(root.resolve(ATTEMPT.toString()));
        Files.writeString(root.resolve(ATTEMPT + "/end.json"), text);
        Files.writeString(root.resolve(ATTEMPT + "/assignment.json"), text);
        assertThat(folder.end()).isEmpty();
        assertThat(folder.assignment()).isEmpty();
        assertThat(folder.isOfThisBoot()).isFalse();
    }
}
