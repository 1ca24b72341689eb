package dev.millwright.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.Parameters;
import dev.millwright.plugin.runner.RunnerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("S1.x1")
class BassArgumentsTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "MILLWRIGHT_PIPELINE", "web",
                    "TRACEPARENT", "00-%s-%s-01".formatted("a".repeat(32), "b".repeat(16)),
                    "OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:8080/otlp",
                    "OTEL_EXPORTER_OTLP_HEADERS", "other=1,x-millwright-step=cafe");

    @TempDir Path folder;

    private static Map<String, String> with(String name, String value) {
        Map<String, String> more = new HashMap<>(ENVIRONMENT);
        more.put(name, value);
        return more;
    }

    @Test
    void theProgramIsToldWhereItStandsAndWhereToSend() {
        assertThat(BassArguments.of(ENVIRONMENT))
                .containsExactly(
                        "--service-name",
                        "bass:pipeline:web",
                        "--trace-id",
                        "a".repeat(32),
                        "--root-span-id",
                        "b".repeat(16),
                        "--traces-endpoint",
                        "http://localhost:8080/otlp/cafe/v1/traces",
                        "--logs-endpoint",
                        "http://localhost:8080/otlp/cafe/v1/logs");
    }

    @Test
    void whatThePipelineSaysCountsMore() {
        assertThat(BassArguments.of(with("OTEL_SERVICE_NAME", "mine"))).contains("mine");
        assertThat(BassArguments.of(with("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://l/v1/logs")))
                .endsWith("--logs-endpoint", "http://l/v1/logs");
        Map<String, String> elsewhere = with("OTEL_EXPORTER_OTLP_ENDPOINT", "http://l:4318/");
        elsewhere.remove("OTEL_EXPORTER_OTLP_HEADERS");
        assertThat(BassArguments.of(elsewhere)).endsWith("http://l:4318/v1/logs");
        assertThat(BassArguments.of(Map.of())).isEmpty();
    }

    @Test
    @Tag("S1.x4")
    void changesComeAsAFileWhenThereAreAny() throws IOException {
        Path file = folder.resolve("changed");
        Map<String, String> environment = with("CI_CHANGED_FILES_FILE", file.toString());
        assertThat(BassArguments.of(environment)).doesNotContain("--changeset");
        Files.writeString(file, "");
        assertThat(BassArguments.of(environment)).doesNotContain("--changeset");
        Files.writeString(file, "a.txt\n");
        assertThat(BassArguments.of(environment)).endsWith("--changeset", file.toString());
    }

    @Test
    void theyStandBehindTheProgramsOwn() {
        Parameters step = new Parameters(Map.of("argv", List.of("echo", "own"), "style", "bass"));
        assertThat(StepCommand.of(new Orders(folder).of(step, ENVIRONMENT), List.of("sh")))
                .containsSubsequence("own", "--service-name", "bass:pipeline:web");
        Parameters odd = new Parameters(Map.of("argv", List.of("echo"), "style", "treble"));
        assertThatThrownBy(
                        () -> StepCommand.of(new Orders(folder).of(odd, Map.of()), List.of("sh")))
                .isInstanceOf(RunnerException.class)
                .hasMessageContaining("treble");
    }
}
