package dev.millwright.otel;

import dev.millwright.plugin.Default;
import dev.millwright.plugin.Describe;
import dev.millwright.plugin.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What administrators write for one receiver. Immutable.
///
/// ```yaml
/// endpoint: https://collector.example.org:4318
/// headers: {Authorization: "${env:OTLP_AUTHORIZATION}"}
/// serviceName: "ci:{pipeline}"
/// ```
@Describe("Sends runs as traces, logs and metrics over OTLP.")
public record OtelSettings(
        @Describe("Base address of the receiver, such as http://127.0.0.1:4318.") URI endpoint,
        @Describe("Protobuf over HTTP, or gRPC.") @Default("http") Protocol protocol,
        @Describe("What is sent.") @Default("traces, logs, metrics") Set<Signal> signals,
        @Describe("Sent along, each value from a secret.") Map<String, Secret> headers,
        @Describe("The service that runs are shown as; {namespace} and {pipeline} are filled in.")
                @Default("millwright")
                String serviceName,
        @Describe("Further attributes of the resource.") Map<String, String> attributes,
        @Describe("Whether what is sent is compressed; not every receiver understands it.")
                @Default("false")
                boolean gzip,
        @Describe("How long an answer is waited for.") @Default("10s") Duration timeout) {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /// How OTLP travels.
    public enum Protocol {
        HTTP,
        GRPC
    }

    public OtelSettings {
        String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
        boolean known = scheme.equals("http") || scheme.equals("https");
        if (!known || endpoint.getHost() == null) {
            throw new IllegalArgumentException(
                    "endpoint '%s' is no address such as http://127.0.0.1:4318"
                            .formatted(withoutUser(endpoint)));
        }
        if (endpoint.getUserInfo() != null || endpoint.getQuery() != null) {
            throw new IllegalArgumentException(
                    "endpoint is an address alone; credentials go into 'headers'");
        }
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout has to be between 1ms and 30s");
        }
        if (signals.isEmpty()) {
            throw new IllegalArgumentException("signals names nothing to send");
        }
    }

    private static String withoutUser(URI address) {
        return address.toString().replaceFirst("//[^/@]*@", "//");
    }
}
