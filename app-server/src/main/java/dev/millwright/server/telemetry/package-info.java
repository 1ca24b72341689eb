/// What steps tell the server themselves, over OTLP: spans become results inside the step, log
/// records lines of its log. Start reading at [StepTelemetry].
@NullMarked
package dev.millwright.server.telemetry;

import org.jspecify.annotations.NullMarked;
