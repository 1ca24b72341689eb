package dev.millwright.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.model.Parameters;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.export.Occasion;
import dev.millwright.testkit.BareContext;
import dev.millwright.testkit.SampleRuns;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WalledReceiverTest {
    /// Not even a connection is made.
    @ParameterizedTest
    @Tag("S29")
    @CsvSource({
        "http, 127.0.0.1",
        "http, localhost",
        "http, 2130706433",
        "http, [::ffff:127.0.0.1]",
        "grpc, 127.0.0.1",
        "grpc, localhost",
    })
    void aReceiverThatIsNotEverybodysIsNotToldUnlessTheAdministratorAllowsIt(
            String protocol, String host) throws Exception {
        OtelExporter exporter = new OtelExporter();
        exporter.open(BareContext.with(NetworkWall.CLOSED));
        try (ServerSocket canary = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            canary.setSoTimeout(200);
            OtelSettings settings =
                    RecordBinder.bind(
                            OtelSettings.class,
                            new Parameters(
                                    Map.of(
                                            "endpoint",
                                            "http://%s:%d".formatted(host, canary.getLocalPort()),
                                            "protocol",
                                            protocol)),
                            _ -> Optional.empty());

            Sent sent =
                    exporter.export(
                            SampleRuns.export(
                                    SampleRuns.finished(Outcome.FAILURE), Occasion.RUN_FINISHED, 0),
                            settings);

            assertThat(sent)
                    .isInstanceOfSatisfying(
                            Sent.Later.class,
                            later -> assertThat(later.reason()).contains("may not be told"));
            assertThatThrownBy(canary::accept).hasMessageContaining("timed out");
        }
    }
}
