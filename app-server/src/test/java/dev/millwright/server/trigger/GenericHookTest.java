package dev.millwright.server.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.host.Extensions;
import dev.millwright.host.use.Point;
import dev.millwright.model.DeliveryId;
import dev.millwright.model.Payload;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.StoredDelivery;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.delivery.DeliveryStatus;
import dev.millwright.server.delivery.NewDelivery;
import dev.millwright.server.event.Journal;
import dev.millwright.server.resource.ApplyOptions;
import dev.millwright.server.resource.ManifestReader;
import dev.millwright.server.resource.PipelineSpec;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenericHookTest {
    private static final String BODY =
            "{\"action\": \"released\", \"tag\": \"v1\", \"to\": {\"name\": \"prod\"}}";
    private static final String PIPELINE =
            """
            kind: Pipeline
            metadata: {name: web}
            spec:
              steps: [{name: a, commands: ["true"]}]
              hooks:
                - name: signed
                  hmac: {secret: "${env:SECRET}", header: X-Sum, prefix: "sha256="}
                  event: release
                  when: "body.action == 'released'"
                  ref: "'refs/tags/' + body.tag"
                  inputs: {target: body.to.name, agent: "headers['user-agent']"}
                - name: token
                  bearer: {secret: "${env:SECRET}"}
                - name: lost
                  bearer: {secret: "${env:MISSING}"}
            """;

    @TempDir static Path folder;
    private static Database database;
    private static Resources resources;
    private static TriggerHooks hooks;
    private static TriggerHooks large;

    @BeforeAll
    static void open() {
        database = TestDatabases.embedded(folder);
        resources = Resources.create(database, Journal.create(database), InstantSource.system());
        if (!(ManifestReader.read("web.yaml", PIPELINE, "default")
                instanceof ManifestReader.Reading.Read(var manifests))) {
            throw new AssertionError("the pipeline cannot be read");
        }
        assertThat(resources.applyAll(manifests, ApplyOptions.DEFAULT).toString())
                .contains("Created");
        hooks = create(1_000);
        large = create(1 << 20);
    }

    private static TriggerHooks create(int mostBytes) {
        return TriggerHooks.create(
                Extensions.withoutPlugins().add(Point.WEBHOOK, new GenericHook()),
                (_, _, _) ->
                        reference ->
                                reference.equals("${env:SECRET}")
                                        ? Optional.of("s3cret")
                                        : Optional.empty(),
                new HookSettings(mostBytes));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static HookDecision send(String address, String body, String header, String value) {
        return decide(hooks, request(address, body, header, value));
    }

    private static HookDecision decide(TriggerHooks with, HookRequest request) {
        return with.decide("generic", request, resources);
    }

    private static HookRequest request(String address, String body, String header, String value) {
        return new HookRequest(
                address,
                Map.of(),
                Map.of(header, List.of(value), "User-Agent", List.of("curl")),
                Payload.of(body),
                false);
    }

    private static byte[] mac(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
    }

    private static NewDelivery accepted(HookDecision decision) {
        assertThat(decision).isInstanceOf(HookDecision.Accept.class);
        return ((HookDecision.Accept) decision).delivery();
    }

    /// What the delivery asks for, once it is stored.
    private static Interpretation meaning(NewDelivery taken) {
        Delivery stored =
                new Delivery(
                        new DeliveryId(UUID.randomUUID()),
                        taken.source(),
                        "1",
                        taken.namespace(),
                        taken.pipeline(),
                        taken.event(),
                        taken.headers(),
                        taken.body(),
                        taken.parameters(),
                        DeliveryStatus.RECEIVED,
                        "",
                        null,
                        null,
                        Instant.EPOCH,
                        null);
        PipelineSpec pipeline = resources.pipeline("default", taken.pipeline()).orElseThrow();
        return hooks.interpret(stored, pipeline, Duration.ofSeconds(20)).orElseThrow();
    }

    @Test
    void mapsASignedRequestToInputsAndRef() throws Exception {
        String sum = "sha256=" + HexFormat.of().formatHex(mac(BODY));
        NewDelivery delivery = accepted(send("default.web.signed", BODY, "X-Sum", sum));
        assertThat(delivery.source()).isEqualTo("hook:default.web.signed");
        assertThat(delivery.event()).isEqualTo("release");
        assertThat(meaning(delivery))
                .isEqualTo(
                        Interpretation.run(
                                RunRequest.of("release")
                                        .ref("refs/tags/v1")
                                        .inputs(Map.of("target", "prod", "agent", "curl"))
                                        .build()));
    }

    @Test
    void takesBase64AndTheShortAddress() throws Exception {
        String sum = "sha256=" + Base64.getEncoder().encodeToString(mac(BODY));
        assertThat(accepted(send("web.signed", BODY, "X-Sum", sum)).pipeline()).isEqualTo("web");
    }

    @Test
    void anEventThatDoesNotMatchIsStoredAndIgnored() throws Exception {
        // It has nothing of what the inputs look for
        String body = "{\"action\": \"deleted\"}";
        String sum = "sha256=" + HexFormat.of().formatHex(mac(body));
        assertThat(meaning(accepted(send("web.signed", body, "X-Sum", sum))))
                .isEqualTo(
                        new Interpretation.Ignored(
                                "the hook's condition is false: body.action == 'released'"));
    }

    @Test
    void aBodyThatDoesNotFitTheMappingIsRefused() throws Exception {
        String body = "{\"action\": \"released\"}";
        String sum = "sha256=" + HexFormat.of().formatHex(mac(body));
        assertThat(send("web.signed", body, "X-Sum", sum)).isInstanceOf(HookDecision.Bad.class);
    }

    @ParameterizedTest
    @Tag("S01")
    @ValueSource(
            strings = {
                "",
                "sha256=",
                "sha256=00",
                "sha256=zz",
                "sha256=0000000000000000000000000000000000000000000000000000000000000000"
            })
    void aWrongSignatureIsRefused(String sum) {
        assertThat(send("web.signed", BODY, "X-Sum", sum))
                .isInstanceOf(HookDecision.Unproven.class);
    }

    @Test
    @Tag("S01")
    void aSignatureIsOverEveryByteAndNeedsItsPrefix() throws Exception {
        String sum = HexFormat.of().formatHex(mac(BODY));
        assertThat(send("web.signed", BODY + " ", "X-Sum", "sha256=" + sum))
                .isInstanceOf(HookDecision.Unproven.class);
        assertThat(send("web.signed", BODY, "X-Sum", sum))
                .isInstanceOf(HookDecision.Unproven.class);
    }

    @Test
    void aTokenProvesTheCallerAndIsNotStored() {
        NewDelivery delivery = accepted(send("web.token", "", "Authorization", "Bearer s3cret"));
        assertThat(delivery.headers()).doesNotContainKey("authorization");
        assertThat(StoredDelivery.isCredential("X-Gitlab-Token")).isTrue();
        assertThat(StoredDelivery.isCredential("X-Hub-Signature")).isFalse();
        assertThat(send("web.token", "", "Authorization", "Bearer other"))
                .isInstanceOf(HookDecision.Unproven.class);
    }

    @ParameterizedTest
    @Tag("S01")
    @ValueSource(strings = {"web.nothing", "nothing.web.token", "web", "", "a.b.c.d", "web.lost"})
    void whoHasNoProofIsNotToldWhetherAHookExists(String address) {
        assertThat(send(address, "", "Authorization", "Bearer "))
                .isInstanceOf(HookDecision.Unproven.class);
    }

    @Test
    @Tag("S01")
    void twoProofsAreNone() throws Exception {
        String sum = "sha256=" + HexFormat.of().formatHex(mac(BODY));
        Map<String, List<String>> headers =
                Map.of("X-Sum", List.of(sum, sum), "Authorization", List.of("Bearer s3cret", "x"));
        for (String address : List.of("web.signed", "web.token")) {
            assertThat(
                            decide(
                                    hooks,
                                    new HookRequest(
                                            address, Map.of(), headers, Payload.of(BODY), false)))
                    .as(address)
                    .isInstanceOf(HookDecision.Unproven.class);
        }
    }

    /// An empty body, too, which is what is left of one that somebody has packed badly.
    static Stream<String> hostile() {
        return Stream.of(
                "{\"action\": \"released\", \"action\": \"released\", \"tag\": \"v1\"}",
                "{\"action\": " + "[".repeat(450_000) + "]".repeat(450_000) + "}",
                "{\"action\": " + "9".repeat(900_000) + "}",
                "\u001f\ufffd\u0008",
                "");
    }

    @ParameterizedTest
    @Tag("S05")
    @MethodSource("hostile")
    @Timeout(10)
    void aBodyThatIsMadeToHurtIsRefusedThoughItIsSigned(String body) throws Exception {
        String sum = "sha256=" + HexFormat.of().formatHex(mac(body));
        assertThat(decide(large, request("web.signed", body, "X-Sum", sum)))
                .isInstanceOf(HookDecision.Bad.class);
    }

    @Test
    @Tag("S05")
    void refusesWhatIsTooLong() {
        assertThat(send("web.token", "x".repeat(1_001), "Authorization", "Bearer s3cret"))
                .isEqualTo(new HookDecision.TooLarge(1_000));
    }
}
