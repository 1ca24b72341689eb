package dev.millwright.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.api.delivery.DeliveryQuery;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What senders of webhooks are answered.
final class HookApiTest extends SharedServer {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HEADER = "X-Signature";
    private static final String BODY = "{\"action\": \"released\"}";

    @Override
    void prepare() {
        server.pipeline(
                "web",
                """
                hooks:
                  - name: signed
                    hmac: {secret: "${env:X}", prefix: "sha256="}
                    when: "body.action == 'released'"
                steps: [{name: a, commands: ["true"]}]
                """);
        server.pipeline(
                "open", "webhook: {open: true}\nsteps: [{name: a, commands: [\"true\"]}]\n");
    }

    @Test
    @Tag("S01")
    void everyWrongProofGetsTheSameAnswerAboutTheHookAndLeavesNoTrace() throws Exception {
        String right = signature(BODY);
        int before = deliveries("web");
        List<HttpResponse<String>> answers =
                List.of(
                        send("signed", BODY),
                        send("signed", BODY, ""),
                        send("signed", BODY, "sha256="),
                        send("signed", BODY, right.substring(0, 20)),
                        send("signed", BODY, signature(BODY + " ")),
                        send("signed", BODY, upperCase(right)),
                        send("signed", BODY, right, right),
                        send("signed", BODY, right, signature("x")),
                        send("signed", BODY, right.replace("sha256=", "sha1=")),
                        send("signed", BODY + " ", right),
                        send("nothing", BODY, right));

        JsonNode expected =
                JSON.readTree(
                        """
                        {"type": "/problems/hook-unproven", "status": 401, "errors": [],
                         "title": "The hook's signature or token is missing or wrong",
                         "detail": ""}
                        """);
        for (HttpResponse<String> answer : answers) {
            ObjectNode said = (ObjectNode) JSON.readTree(answer.body());
            // These two tell of the request itself: its path, and where to look for it in the log
            said.remove(List.of("instance", "traceId"));
            assertThat(said).isEqualTo(expected);
        }
        assertThat(deliveries("web")).isEqualTo(before);
        assertThat(send("signed", BODY, right).statusCode()).isEqualTo(202);
    }

    @Test
    void whatStartsNothingIsAnsweredWithTheReasonAndWithoutARun() throws Exception {
        String closed = "{\"action\": \"closed\"}";
        JsonNode said = JSON.readTree(send("signed", closed, signature(closed)).body());

        assertThat(said.at("/status").asString()).isEqualTo("ignored");
        assertThat(said.at("/reason").asString())
                .isEqualTo("the hook's condition is false: body.action == 'released'");
        assertThat(said.at("/runs")).isEmpty();
        String delivery = "/api/v1/deliveries/" + said.at("/delivery").asString();
        assertThat(said.at("/location").asString()).isEqualTo(delivery);
        JsonNode stored = JSON.readTree(server.get(delivery).body()).at("/delivery");
        assertThat(stored.at("/status").asString()).isEqualTo("ignored");
        assertThat(stored.at("/decidedAt").isNull()).isFalse();
    }

    @Test
    void aRepetitionOfWhatStartsNothingIsAnsweredAlike() throws Exception {
        String deleted =
                "{\"ref\": \"refs/heads/a\", \"deleted\": true, \"after\": \"%s\"}"
                        .formatted("0".repeat(40));
        HttpResponse<String> first = plain(deleted);
        HttpResponse<String> again = plain(deleted);

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body()).contains("the ref was deleted");
    }

    @Test
    void whatMayStartARunNamesItAndIsReceived() throws Exception {
        JsonNode said =
                JSON.readTree(
                        server.send(
                                        server.request("/webhook?pipeline=open")
                                                .POST(BodyPublishers.noBody()))
                                .body());
        assertThat(said.at("/status").asString()).isEqualTo("received");
        assertThat(said.at("/reason").asString()).isEmpty();
        assertThat(said.at("/runs")).hasSize(1);
    }

    private HttpResponse<String> plain(String body) throws Exception {
        return server.send(
                server.request("/webhook?pipeline=open")
                        .header("X-Delivery-Id", "deleted")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(String hook, String body, String... signatures)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.address("/hooks/generic/web." + hook))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        for (String signature : signatures) {
            request.header(HEADER, signature);
        }
        return server.send(request);
    }

    private static String upperCase(String signature) {
        return "sha256=" + signature.substring("sha256=".length()).toUpperCase(Locale.ROOT);
    }

    private int deliveries(String pipeline) {
        return server.client.deliveries(DeliveryQuery.ALL.ofPipeline(pipeline)).items().size();
    }

    private static String signature(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret".getBytes(UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
    }
}
