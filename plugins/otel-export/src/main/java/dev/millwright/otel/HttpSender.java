package dev.millwright.otel;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.millwright.model.Unreachable;
import dev.millwright.plugin.Sent;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// OTLP over HTTP with protobuf.
final class HttpSender implements Sender {
    private static final Logger log = LoggerFactory.getLogger(HttpSender.class);

    /// What is worth compressing.
    private static final int SMALL = 1_000;

    private static final long LONGEST_PAUSE_SECONDS = 3_600;
    private static final BodyHandler<byte[]> ANSWER =
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), 1 << 20);

    private final OtelSettings settings;
    private final Refusals refusals;
    private final HttpClient http;

    HttpSender(OtelSettings settings, Refusals refusals) {
        this.settings = settings;
        this.refusals = refusals;
        // Receivers made with Node.js do not answer who offers to go on with HTTP/2
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(settings.timeout())
                        .build();
    }

    @Override
    public Sent send(Signal signal, Message request) throws InterruptedException {
        byte[] body = request.toByteArray();
        boolean gzip = settings.gzip() && body.length > SMALL;
        HttpRequest.Builder post =
                HttpRequest.newBuilder(address(signal))
                        .timeout(settings.timeout())
                        .header("Content-Type", "application/x-protobuf")
                        .header("User-Agent", "Millwright-OTLP-Exporter");
        settings.headers().forEach((name, value) -> post.header(name, value.reveal()));
        if (gzip) {
            post.header("Content-Encoding", "gzip");
        }
        post.POST(BodyPublishers.ofByteArray(gzip ? compressed(body) : body));
        try {
            return answer(signal, http.send(post.build(), ANSWER));
        } catch (IOException unreachable) {
            return new Sent.Later(
                    "%s cannot be reached: %s"
                            .formatted(settings.endpoint(), Unreachable.why(unreachable)),
                    Duration.ZERO);
        }
    }

    private URI address(Signal signal) {
        return URI.create(settings.endpoint().toString().replaceFirst("/+$", "") + signal.path());
    }

    private static byte[] compressed(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return bytes.toByteArray();
    }

    private Sent answer(Signal signal, HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            tellRejected(signal, answer.body());
            return Sent.DONE;
        }
        String reason = "%s answered %d to %s".formatted(settings.endpoint(), status, signal);
        return switch (status) {
            // What was sent is wrong, and will be the next time, too
            case 400, 413, 422 -> new Sent.Never(reason);
            // Anything else is a receiver that has to be mended or a setting that does
            default -> new Sent.Later(reason, pause(answer));
        };
    }

    private static Duration pause(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> Math.min(Long.parseLong(text), LONGEST_PAUSE_SECONDS))
                .map(Duration::ofSeconds)
                .orElse(Duration.ZERO);
    }

    /// A receiver that takes a part only must not be sent the same again.
    private void tellRejected(Signal signal, byte[] body) {
        try {
            refusals.answered(
                    settings.endpoint(),
                    switch (signal) {
                        case TRACES -> ExportTraceServiceResponse.parseFrom(body);
                        case LOGS -> ExportLogsServiceResponse.parseFrom(body);
                        case METRICS -> ExportMetricsServiceResponse.parseFrom(body);
                    });
        } catch (InvalidProtocolBufferException other) {
            // Some receivers answer with text; a status of 200 is what counts
            log.debug("{} answers with something else than protobuf", settings.endpoint(), other);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
