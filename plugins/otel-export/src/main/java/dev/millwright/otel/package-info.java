/// Runs as traces, logs and metrics of OpenTelemetry. Start reading at
/// [dev.millwright.otel.OtelExporter].
@NullMarked
package dev.millwright.otel;

import org.jspecify.annotations.NullMarked;
