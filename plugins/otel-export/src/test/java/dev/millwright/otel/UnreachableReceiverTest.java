package dev.millwright.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.model.Parameters;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.export.Occasion;
import dev.millwright.testkit.BareContext;
import dev.millwright.testkit.Ports;
import dev.millwright.testkit.SampleRuns;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class UnreachableReceiverTest {
    @ParameterizedTest
    @ValueSource(strings = {"http", "grpc"})
    void itIsToldInWords(String protocol) throws Exception {
        String endpoint = "http://127.0.0.1:" + Ports.free();
        OtelExporter exporter = new OtelExporter();
        exporter.open(BareContext.with(NetworkWall.OPEN));
        OtelSettings settings =
                RecordBinder.bind(
                        OtelSettings.class,
                        new Parameters(Map.of("endpoint", endpoint, "protocol", protocol)),
                        _ -> Optional.empty());

        Sent sent =
                exporter.export(
                        SampleRuns.export(
                                SampleRuns.finished(Outcome.FAILURE), Occasion.RUN_FINISHED, 0),
                        settings);

        assertThat(sent)
                .isInstanceOfSatisfying(
                        Sent.Later.class,
                        later ->
                                assertThat(later.reason())
                                        .startsWith(
                                                endpoint + " cannot be reached: connection refused")
                                        .doesNotContain("Exception"));
        exporter.close();
    }
}
