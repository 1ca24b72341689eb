package dev.millwright.engine.plan;

import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a step is told about the run and the attempt that it belongs to.
///
/// @param number counts the runs of the pipeline
/// @param serverUrl base address of the server, without a slash at the end
/// @param traceId 32 hexadecimal digits
/// @param spanId 16 hexadecimal digits
/// @param telemetry variables by which programs in the step tell the server of themselves
public record RunFacts(
        RunId run,
        long number,
        int attempt,
        long fence,
        Instant createdAt,
        Instant startedAt,
        String serverUrl,
        String traceId,
        String spanId,
        @Nullable RunId rerunOfOrNull,
        NodeName node,
        Map<String, String> telemetry) {
    public RunFacts {
        telemetry = Map.copyOf(telemetry);
    }
}
