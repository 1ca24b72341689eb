package dev.millwright.server.telemetry.otlp;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Read the requests that programs send to a collector. Pure; any thread.
///
/// Fields that are of no use here are not looked at, so that what later versions of OTLP add does
/// no harm. Throws [MalformedException] when a body cannot be read at all.
public enum OtlpReader {
    PROTOBUF("application/x-protobuf") {
        @Override
        Message message(byte[] body) {
            return ProtoMessage.of(ByteString.copyFrom(body));
        }
    },
    JSON("application/json") {
        @Override
        Message message(byte[] body) {
            return JsonMessage.of(body);
        }
    };

    private static final int LONGEST_NAME = 200;
    private static final Field METRICS = new Field(2, "metrics");
    private static final Field POINTS = new Field(1, "dataPoints");
    private static final List<Field> KINDS_OF_METRIC =
            List.of(
                    new Field(5, "gauge"),
                    new Field(7, "sum"),
                    new Field(9, "histogram"),
                    new Field(10, "exponentialHistogram"),
                    new Field(11, "summary"));

    private final String mediaType;

    OtlpReader(String mediaType) {
        this.mediaType = mediaType;
    }

    /// The reader of a media type, parameters and all.
    public static Optional<OtlpReader> of(String contentType) {
        String bare = contentType.split(";", 2)[0].strip();
        for (OtlpReader reader : values()) {
            if (reader.mediaType.equalsIgnoreCase(bare)) {
                return Optional.of(reader);
            }
        }
        return Optional.empty();
    }

    public String mediaType() {
        return mediaType;
    }

    abstract Message message(byte[] body);

    public Received<ReceivedSpan> spans(byte[] body) {
        Collected<ReceivedSpan> all = new Collected<>();
        for (Message resource : message(body).messages(Field.RESOURCE_SPANS)) {
            String service = service(resource);
            for (Message scope : resource.messages(Field.SCOPE_SPANS)) {
                String name = scopeName(scope);
                for (Message span : scope.messages(Field.SPANS)) {
                    all.add(() -> SpanReader.read(span, service, name));
                }
            }
        }
        return all.received();
    }

    public Received<ReceivedLog> logs(byte[] body) {
        Collected<ReceivedLog> all = new Collected<>();
        for (Message resource : message(body).messages(Field.RESOURCE_LOGS)) {
            for (Message scope : resource.messages(Field.SCOPE_LOGS)) {
                for (Message record : scope.messages(Field.LOG_RECORDS)) {
                    all.add(() -> LogReader.read(record));
                }
            }
        }
        return all.received();
    }

    /// How many data points a request of metrics holds.
    public int points(byte[] body) {
        int points = 0;
        for (Message resource : message(body).messages(Field.RESOURCE_METRICS)) {
            for (Message scope : resource.messages(Field.SCOPE_METRICS)) {
                for (Message metric : scope.messages(METRICS)) {
                    for (Field kind : KINDS_OF_METRIC) {
                        for (Message data : metric.messages(kind)) {
                            points += data.messages(POINTS).size();
                        }
                    }
                }
            }
        }
        return points;
    }

    private static String service(Message resource) {
        Object name =
                resource.message(Field.RESOURCE)
                        .map(found -> Values.of(found, Field.RESOURCE_ATTRIBUTES))
                        .map(attributes -> attributes.getOrDefault("service.name", ""))
                        .orElse("");
        return Texts.line(name.toString(), LONGEST_NAME);
    }

    private static String scopeName(Message scope) {
        return scope.message(Field.SCOPE)
                .map(found -> Texts.line(found.text(Field.SCOPE_NAME), LONGEST_NAME))
                .orElse("");
    }

    private interface Reading<T> {
        T read();
    }

    /// Leaves out what is malformed by itself. Used by one thread.
    private static final class Collected<T> {
        private final List<T> items = new ArrayList<>();
        private int refused;
        private String reason = "";

        void add(Reading<T> reading) {
            try {
                items.add(reading.read());
            } catch (MalformedException malformed) {
                refused++;
                reason = reason.isEmpty() ? String.valueOf(malformed.getMessage()) : reason;
            }
        }

        Received<T> received() {
            return new Received<>(items, refused, reason);
        }
    }
}
