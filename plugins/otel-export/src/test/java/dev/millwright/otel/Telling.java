package dev.millwright.otel;

import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.model.Parameters;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.export.Occasion;
import dev.millwright.testkit.BareContext;
import dev.millwright.testkit.SampleRuns;
import java.util.Map;
import java.util.Optional;

/// Tells a receiver of the end of a run.
final class Telling {
    private Telling() {}

    /// @param protocol `http` or `grpc`
    static Sent to(String endpoint, String protocol, NetworkWall wall) throws Exception {
        OtelSettings settings =
                RecordBinder.bind(
                        OtelSettings.class,
                        new Parameters(Map.of("endpoint", endpoint, "protocol", protocol)),
                        _ -> Optional.empty());
        OtelExporter exporter = new OtelExporter();
        exporter.open(BareContext.with(wall));
        try {
            return exporter.export(
                    SampleRuns.export(
                            SampleRuns.finished(Outcome.FAILURE), Occasion.RUN_FINISHED, 0),
                    settings);
        } finally {
            exporter.close();
        }
    }
}
