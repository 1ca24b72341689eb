package dev.millwright.server.telemetry.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.log.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtlpReaderTest {
    private static final String SPAN =
            """
            {"traceId": "5B8EFFF798038103D269B633813FC60C", "spanId": "EEE19B7EC3C1B174",
             "parentSpanId": "EEE19B7EC3C1B173", "name": "I'm a server span", "kind": 2,
             "startTimeUnixNano": "1544712660000000000", "endTimeUnixNano": "1544712661000000000",
             "status": {"code": 2, "message": "no"}, "somethingNew": {"a": [1]},
             "attributes": [
               {"key": "text", "value": {"stringValue": "x"}},
               {"key": "whole", "value": {"intValue": "9007199254740993"}},
               {"key": "small", "value": {"intValue": 7}},
               {"key": "part", "value": {"doubleValue": 0.5}},
               {"key": "odd", "value": {"doubleValue": "NaN"}},
               {"key": "yes", "value": {"boolValue": true}},
               {"key": "list", "value": {"arrayValue": {"values": [{"stringValue": "a"}, {"intValue": "1"}]}}},
               {"key": "map", "value": {"kvlistValue": {"values": [{"key": "k", "value": {"stringValue": "v"}}]}}}
             ],
             "events": [{"name": "exception", "timeUnixNano": "1544712660500000000",
               "attributes": [{"key": "exception.type", "value": {"stringValue": "Oops"}}]}]}
            """;

    private static byte[] spans(String... spans) {
        return """
        {"resourceSpans": [{
          "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "my.service"}}]},
          "scopeSpans": [{"scope": {"name": "my.library"}, "spans": [%s]}]}]}
        """
                .formatted(String.join(",", spans))
                .getBytes(UTF_8);
    }

    private static byte[] logs(String... records) {
        return """
        {"resourceLogs": [{"scopeLogs": [{"logRecords": [%s]}]}]}
        """
                .formatted(String.join(",", records))
                .getBytes(UTF_8);
    }

    private static ReceivedSpan one(String span) {
        return OtlpReader.JSON.spans(spans(span)).items().getFirst();
    }

    private static ReceivedLog record(String record) {
        return OtlpReader.JSON.logs(logs(record)).items().getFirst();
    }

    @Test
    void readsASpanAsTheSpecificationWritesIt() {
        assertThat(one(SPAN))
                .isEqualTo(
                        new ReceivedSpan(
                                "5b8efff798038103d269b633813fc60c",
                                "eee19b7ec3c1b174",
                                "eee19b7ec3c1b173",
                                "I'm a server span",
                                "server",
                                "error",
                                "no",
                                1544712660000000000L,
                                1544712661000000000L,
                                Map.of(
                                        "text",
                                        "x",
                                        "whole",
                                        9007199254740993L,
                                        "small",
                                        7L,
                                        "part",
                                        0.5,
                                        "odd",
                                        "NaN",
                                        "yes",
                                        true,
                                        "list",
                                        List.of("a", 1L),
                                        "map",
                                        Map.of("k", "v")),
                                List.of(
                                        new ReceivedSpan.Occurrence(
                                                "exception",
                                                1544712660500000000L,
                                                Map.of("exception.type", "Oops"))),
                                "my.service",
                                "my.library"));
    }

    @Test
    void leavesOutSpansThatAreOfNoUseAndTakesTheOthers() {
        Received<ReceivedSpan> received =
                OtlpReader.JSON.spans(
                        spans(
                                SPAN.replace("EEE19B7EC3C1B174", "0000000000000000"),
                                SPAN.replace("5B8EFFF798038103D269B633813FC60C", "12"),
                                SPAN.replace("1544712660000000000", "0"),
                                SPAN));

        assertThat(received.items()).hasSize(1);
        assertThat(received.refused()).isEqualTo(3);
        assertThat(received.reason()).contains("16 hexadecimal digits");
    }

    @Test
    void aSpanThatEndsBeforeItBeginsHasNoLength() {
        ReceivedSpan span = one(SPAN.replace("1544712661000000000", "5"));
        assertThat(span.endNanos()).isEqualTo(span.startNanos());
    }

    @Test
    void cutsWhatIsTooLargeAndTakesOutControlCharacters() {
        ReceivedSpan span =
                one(
                        SPAN.replace("I'm a server span", "a\\u001b[31m\\n" + "n".repeat(1_000))
                                .replace("\"x\"", "\"" + "v".repeat(5_000) + "\"")
                                .replace("\"attributes\": [", "\"attributes\": [" + many(100)));

        assertThat(span.name()).hasSize(300).startsWith("a [31m nnn");
        assertThat(span.attributes()).hasSize(64);
        assertThat(one(SPAN.replace("\"x\"", "\"" + "v".repeat(5_000) + "\"")).attributes())
                .extractingByKey("text")
                .asString()
                .hasSize(1_000);
    }

    private static String many(int count) {
        StringBuilder pairs = new StringBuilder();
        for (int i = 0; i < count; i++) {
            pairs.append("{\"key\": \"k%d\", \"value\": {\"boolValue\": true}},".formatted(i));
        }
        return pairs.toString();
    }

    @Test
    void valuesWithinValuesEndSomewhere() {
        String deep = "{\"stringValue\": \"bottom\"}";
        for (int i = 0; i < 8; i++) {
            deep = "{\"arrayValue\": {\"values\": [%s]}}".formatted(deep);
        }
        ReceivedSpan span = one(SPAN.replace("{\"stringValue\": \"x\"}", deep));
        assertThat(span.attributes().get("text")).hasToString("[[[[…]]]]");
    }

    @Test
    void refusesWhatIsNoOtlp() {
        for (String body :
                List.of(
                        "",
                        "{",
                        "[]",
                        "{\"resourceSpans\": [1]}",
                        "{\"resourceSpans\": [{\"scopeSpans\": \"x\"}]}",
                        "[".repeat(1_000))) {
            assertThatThrownBy(() -> OtlpReader.JSON.spans(body.getBytes(UTF_8)))
                    .as(body)
                    .isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> OtlpReader.PROTOBUF.spans("plain text".getBytes(UTF_8)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("no protobuf");
        assertThatThrownBy(() -> OtlpReader.PROTOBUF.spans(new byte[2 * 300_000]))
                .isInstanceOf(MalformedException.class);
        byte[] empties = new byte[2 * 300_000];
        for (int i = 0; i < empties.length; i += 2) {
            empties[i] = 1 << 3 | 2;
        }
        assertThatThrownBy(() -> OtlpReader.PROTOBUF.spans(empties))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("more than");
        assertThat(OtlpReader.JSON.spans("{}".getBytes(UTF_8)).items()).isEmpty();
        assertThat(OtlpReader.PROTOBUF.spans(new byte[0]).items()).isEmpty();
    }

    @Test
    void aRecordIsALineWithItsSeverity() {
        ReceivedLog log =
                record(
                        """
                        {"timeUnixNano": "1544712660300000000", "severityNumber": 10,
                         "body": {"stringValue": "first\\nsecond"},
                         "attributes": [{"key": "port", "value": {"intValue": "80"}}]}
                        """);

        assertThat(log.nanos()).isEqualTo(1544712660300000000L);
        assertThat(log.severity()).isEqualTo(Severity.INFO);
        assertThat(log.lines()).containsExactly("first", "second {\"port\":80}");
    }

    @Test
    void stackTracesStandBelowTheirRecord() {
        ReceivedLog log =
                record(
                        """
                        {"observedTimeUnixNano": "7", "severityText": "Error",
                         "body": {"stringValue": "broken"},
                         "attributes": [{"key": "exception.stacktrace",
                           "value": {"stringValue": "Oops\\n  at a"}}]}
                        """);

        assertThat(log.nanos()).isEqualTo(7);
        assertThat(log.severity()).isEqualTo(Severity.ERROR);
        assertThat(log.lines()).containsExactly("broken", "Oops", "  at a");
    }

    @Test
    void severitiesComeFromNumbersElseFromWords() {
        assertThat(record("{\"severityNumber\": 1}").severity()).isEqualTo(Severity.TRACE);
        assertThat(record("{\"severityNumber\": 8}").severity()).isEqualTo(Severity.DEBUG);
        assertThat(record("{\"severityNumber\": 13}").severity()).isEqualTo(Severity.WARN);
        assertThat(record("{\"severityNumber\": 24}").severity()).isEqualTo(Severity.FATAL);
        assertThat(record("{\"severityNumber\": 25}").severity()).isEqualTo(Severity.NONE);
        assertThat(record("{\"severityText\": \"warning\"}").severity()).isEqualTo(Severity.WARN);
        assertThat(record("{\"body\": {\"kvlistValue\": {\"values\": []}}}").lines())
                .containsExactly("{}");
    }

    @Test
    void countsDataPoints() {
        String metrics =
                """
                {"resourceMetrics": [{"scopeMetrics": [{"metrics": [
                  {"name": "a", "sum": {"dataPoints": [{"asInt": "1"}, {"asInt": "2"}]}},
                  {"name": "b", "histogram": {"dataPoints": [{"count": "1"}]}}]}]}]}
                """;
        assertThat(OtlpReader.JSON.points(metrics.getBytes(UTF_8))).isEqualTo(3);
    }

    @Test
    void mediaTypesTellTheForm() {
        assertThat(OtlpReader.of("application/x-protobuf")).contains(OtlpReader.PROTOBUF);
        assertThat(OtlpReader.of("Application/JSON; charset=utf-8")).contains(OtlpReader.JSON);
        assertThat(OtlpReader.of("text/plain")).isEmpty();
    }

    @Test
    void answersInTheFormOfTheRequest() {
        assertThat(OtlpAnswer.taken(OtlpReader.PROTOBUF, OtlpAnswer.Kind.SPANS, 0, "")).isEmpty();
        assertThat(OtlpAnswer.taken(OtlpReader.PROTOBUF, OtlpAnswer.Kind.SPANS, 2, "no"))
                .containsExactly(0x0a, 6, 8, 2, 0x12, 2, 'n', 'o');
        assertThat(
                        new String(
                                OtlpAnswer.taken(OtlpReader.JSON, OtlpAnswer.Kind.SPANS, 0, ""),
                                UTF_8))
                .isEqualTo("{}");
        assertThat(
                        new String(
                                OtlpAnswer.taken(OtlpReader.JSON, OtlpAnswer.Kind.LOGS, 2, "no"),
                                UTF_8))
                .isEqualTo(
                        "{\"partialSuccess\":{\"rejectedLogRecords\":\"2\",\"errorMessage\":\"no\"}}");
        assertThat(new String(OtlpAnswer.refused(OtlpReader.JSON, 3, "no"), UTF_8))
                .isEqualTo("{\"code\":3,\"message\":\"no\"}");
        assertThat(OtlpAnswer.refused(OtlpReader.PROTOBUF, 3, "no"))
                .containsExactly(8, 3, 0x12, 2, 'n', 'o');
    }
}
