package dev.millwright.otel;

import dev.millwright.testkit.ExporterContract;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The built plugin, loaded as a server loads it, holds what every exporter has to hold.
final class OtelContractIT extends ExporterContract {
    private OtlpReceiver receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = new OtlpReceiver(0);
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Override
    protected String kind() {
        return "otel";
    }

    @Override
    protected Map<String, Object> configuration() {
        return Map.of("endpoint", receiver.endpoint());
    }

    @Override
    protected int received() {
        return (int)
                receiver.spans().stream()
                        .map(span -> OtlpReceiver.hex(span.one().getTraceId()))
                        .distinct()
                        .count();
    }

    @Override
    protected void receiver(boolean up) {
        receiver.refuse(up ? 0 : 503);
    }
}
