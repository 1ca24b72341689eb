package dev.millwright.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.export.Occasion;
import dev.millwright.testkit.ExporterContract;
import dev.millwright.testkit.SampleRuns;
import io.grpc.Status;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The built plugin holds over gRPC what every exporter has to hold.
final class OtelGrpcContractIT extends ExporterContract {
    private GrpcStandIn receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = new GrpcStandIn();
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
        return Map.of("endpoint", receiver.endpoint(), "protocol", "grpc");
    }

    @Override
    protected int received() {
        return receiver.traceIds().size();
    }

    @Override
    protected void receiver(boolean up) {
        receiver.refuse(up ? Status.OK : Status.UNAVAILABLE);
    }

    @Test
    void allThreeSignalsArrive() throws InterruptedException {
        assertThat(
                        whole(
                                loaded().exporter(kind(), configuration()),
                                SampleRuns.export(
                                        SampleRuns.finished(Outcome.FAILURE),
                                        Occasion.RUN_FINISHED,
                                        100)))
                .isEqualTo(Sent.DONE);
        assertThat(receiver.logRecords()).isEqualTo(300);
        assertThat(receiver.metricRequests()).isEqualTo(1);
    }

    @Test
    void whatTheReceiverCallsWrongIsNotSentAgain() throws InterruptedException {
        receiver.refuse(Status.INVALID_ARGUMENT);
        assertThat(
                        loaded().exporter(kind(), configuration())
                                .export(
                                        SampleRuns.export(
                                                SampleRuns.finished(Outcome.SUCCESS),
                                                Occasion.RUN_FINISHED,
                                                1)))
                .isInstanceOf(Sent.Never.class);
    }
}
