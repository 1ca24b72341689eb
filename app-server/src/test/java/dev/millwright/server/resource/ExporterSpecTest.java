package dev.millwright.server.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExporterSpecTest {
    private static ExporterSpec spec(Map<String, Object> more) {
        Map<String, Object> written = new java.util.HashMap<>(Map.of("type", "otel"));
        written.putAll(more);
        ExporterSpec.Reading reading = ExporterSpec.read(new Parameters(written));
        assertThat(reading.problems()).isEmpty();
        return reading.spec();
    }

    @Test
    void whatIsNotWrittenHasADefault() {
        ExporterSpec spec = spec(Map.of());
        assertThat(spec.keepFor()).isEqualTo(Duration.ofDays(7));
        assertThat(spec.keepMost()).isEqualTo(100_000);
        assertThat(spec.wants("default", "default", "web")).isTrue();
        assertThat(spec.wants("default", "other", "web")).isFalse();
    }

    @Test
    void itChoosesByNamespaceAndPipeline() {
        ExporterSpec all = spec(Map.of("all-namespaces", true, "pipelines", List.of("web", "x-*")));
        assertThat(all.wants("default", "other", "web")).isTrue();
        assertThat(all.wants("default", "other", "x-1")).isTrue();
        assertThat(all.wants("default", "default", "api")).isFalse();
        assertThat(spec(Map.of("suspend", true)).wants("default", "default", "web")).isFalse();
    }

    @Test
    void everyMistakeIsTold() {
        assertThat(
                        ExporterSpec.read(
                                        new Parameters(
                                                Map.of(
                                                        "with", "x",
                                                        "keep-for", "soon",
                                                        "pipeline", "web")))
                                .problems())
                .extracting(ResourceProblem::pointer)
                .containsExactlyInAnyOrder("/type", "/with", "/keep-for", "/pipeline");
    }
}
