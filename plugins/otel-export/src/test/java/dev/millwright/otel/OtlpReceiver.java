package dev.millwright.otel;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/// Receives OTLP over HTTP on this machine, and takes only what the protocol says. Usable from any
/// thread.
public final class OtlpReceiver implements AutoCloseable {
    /// What came about one run or pipeline.
    ///
    /// @param headers of the request, in lower case
    public record Received<T>(T one, Resource resource, Map<String, String> headers) {}

    private final HttpServer server;
    private final List<Received<Span>> spans = new CopyOnWriteArrayList<>();
    private final List<Received<LogRecord>> logs = new CopyOnWriteArrayList<>();
    private final List<Received<Metric>> metrics = new CopyOnWriteArrayList<>();
    private volatile int refusal;
    private volatile String refusedPath = "/";
    private volatile int refused;
    private volatile ExportTraceServiceResponse leftOut =
            ExportTraceServiceResponse.getDefaultInstance();
    private volatile int largest;

    /// @param port 0 for any
    public OtlpReceiver(int port) throws IOException {
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// The setting `endpoint` for it.
    public String endpoint() {
        return "http://127.0.0.1:" + port();
    }

    /// Refuse everybody from now on with that status; 0 ends that.
    public void refuse(int status) {
        refuse(status, "/");
    }

    /// Refuse what goes to addresses that begin like this.
    public void refuse(int status, String path) {
        refusedPath = path;
        refusal = status;
    }

    /// Say from now on of each request with spans that so many of them were left out.
    public void leaveOut(int spans) {
        leftOut =
                ExportTraceServiceResponse.newBuilder()
                        .setPartialSuccess(
                                ExportTracePartialSuccess.newBuilder()
                                        .setRejectedSpans(spans)
                                        .setErrorMessage("too many"))
                        .build();
    }

    /// How many requests were refused.
    public int refused() {
        return refused;
    }

    /// How many bytes the largest request had, before it was compressed.
    public int largest() {
        return largest;
    }

    public List<Received<Span>> spans() {
        return List.copyOf(spans);
    }

    public List<Received<LogRecord>> logs() {
        return List.copyOf(logs);
    }

    public List<Received<Metric>> metrics() {
        return List.copyOf(metrics);
    }

    public static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    /// Attributes as text.
    public static Map<String, String> texts(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(
                        Collectors.toMap(
                                KeyValue::getKey,
                                one ->
                                        one.getValue().hasIntValue()
                                                ? Long.toString(one.getValue().getIntValue())
                                                : one.getValue().getStringValue()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            int status = refusal;
            if (status != 0 && path.startsWith(refusedPath)) {
                refused++;
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            Map<String, String> headers =
                    exchange.getRequestHeaders().entrySet().stream()
                            .collect(
                                    Collectors.toMap(
                                            header -> header.getKey().toLowerCase(),
                                            header -> String.join(",", header.getValue())));
            if (!exchange.getRequestMethod().equals("POST")
                    || !"application/x-protobuf".equals(headers.get("content-type"))) {
                exchange.sendResponseHeaders(415, -1);
                return;
            }
            byte[] message = plain(body, headers);
            largest = Math.max(largest, message.length);
            take(path, message, headers);
            // An empty message: everything was taken
            byte[] answer = path.equals("/v1/traces") ? leftOut.toByteArray() : new byte[0];
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static byte[] plain(byte[] body, Map<String, String> headers) throws IOException {
        if (!"gzip".equals(headers.get("content-encoding"))) {
            return body;
        }
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return gzip.readAllBytes();
        }
    }

    private void take(String path, byte[] body, Map<String, String> headers) throws IOException {
        switch (path) {
            case "/v1/traces" ->
                    ExportTraceServiceRequest.parseFrom(body)
                            .getResourceSpansList()
                            .forEach(of ->
                                    of.getScopeSpansList().stream()
                                            .flatMap(scope -> scope.getSpansList().stream())
                                            .map(one ->
                                                    new Received<>(one, of.getResource(), headers))
                                            .forEach(spans::add));
            case "/v1/logs" ->
                    ExportLogsServiceRequest.parseFrom(body)
                            .getResourceLogsList()
                            .forEach(of ->
                                    of.getScopeLogsList().stream()
                                            .flatMap(scope -> scope.getLogRecordsList().stream())
                                            .map(one ->
                                                    new Received<>(one, of.getResource(), headers))
                                            .forEach(logs::add));
            case "/v1/metrics" ->
                    ExportMetricsServiceRequest.parseFrom(body)
                            .getResourceMetricsList()
                            .forEach(of ->
                                    of.getScopeMetricsList().stream()
                                            .flatMap(scope -> scope.getMetricsList().stream())
                                            .map(one ->
                                                    new Received<>(one, of.getResource(), headers))
                                            .forEach(metrics::add));
            default -> throw new IOException("no such address: " + path);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
