/// Reads OTLP, as protobuf and as JSON, into what is kept of it. No I/O. Start reading at
/// [OtlpReader].
@NullMarked
package dev.millwright.server.telemetry.otlp;

import org.jspecify.annotations.NullMarked;
