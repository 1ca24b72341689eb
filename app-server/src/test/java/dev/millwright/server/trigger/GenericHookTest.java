package dev.millwright.server.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.server.delivery.NewDelivery;
import dev.millwright.server.delivery.Payload;
import dev.millwright.server.event.Journal;
import dev.millwright.server.resource.ApplyOptions;
import dev.millwright.server.resource.ManifestReader;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
    private static GenericHook hook;

    @BeforeAll
    static void open() {
        database = TestDatabases.embedded(folder);
        Resources resources =
                Resources.create(database, Journal.create(database), InstantSource.system());
        if (!(ManifestReader.read("web.yaml", PIPELINE, "default")
                instanceof ManifestReader.Reading.Read(var manifests))) {
            throw new AssertionError("the pipeline cannot be read");
        }
        assertThat(resources.applyAll(manifests, ApplyOptions.DEFAULT).toString())
                .contains("Created");
        hook =
                GenericHook.create(
                        resources,
                        new HookSettings(1_000),
                        reference ->
                                reference.equals("${env:SECRET}")
                                        ? Optional.of("s3cret")
                                        : Optional.empty());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static HookDecision send(String address, String body, String header, String value) {
        return hook.decide(
                new HookRequest(
                        address,
                        Map.of(),
                        Map.of(header, List.of(value), "User-Agent", List.of("curl")),
                        Payload.of(body),
                        false));
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

    @Test
    void mapsASignedRequestToInputsAndRef() throws Exception {
        String sum = "sha256=" + HexFormat.of().formatHex(mac(BODY));
        NewDelivery delivery = accepted(send("default.web.signed", BODY, "X-Sum", sum));
        assertThat(delivery.source()).isEqualTo("hook:default.web.signed");
        assertThat(delivery.event()).isEqualTo("release");
        assertThat(delivery.parameters().values())
                .isEqualTo(
                        Map.of(
                                "ref",
                                "refs/tags/v1",
                                "inputs",
                                Map.of("target", "prod", "agent", "curl")));
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
        assertThat(accepted(send("web.signed", body, "X-Sum", sum)).parameters().text("ignore"))
                .contains("the hook's condition is false: body.action == 'released'");
    }

    @Test
    void aBodyThatDoesNotFitTheMappingIsRefused() throws Exception {
        String body = "{\"action\": \"released\"}";
        String sum = "sha256=" + HexFormat.of().formatHex(mac(body));
        assertThat(send("web.signed", body, "X-Sum", sum)).isInstanceOf(HookDecision.Bad.class);
    }

    @ParameterizedTest
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
                .isInstanceOf(HookDecision.Unauthorized.class);
    }

    @Test
    void aSignatureIsOverEveryByteAndNeedsItsPrefix() throws Exception {
        String sum = HexFormat.of().formatHex(mac(BODY));
        assertThat(send("web.signed", BODY + " ", "X-Sum", "sha256=" + sum))
                .isInstanceOf(HookDecision.Unauthorized.class);
        assertThat(send("web.signed", BODY, "X-Sum", sum))
                .isInstanceOf(HookDecision.Unauthorized.class);
    }

    @Test
    void aTokenProvesTheCallerAndIsNotStored() {
        NewDelivery delivery = accepted(send("web.token", "", "Authorization", "Bearer s3cret"));
        assertThat(delivery.headers()).doesNotContainKey("authorization");
        assertThat(send("web.token", "", "Authorization", "Bearer other"))
                .isInstanceOf(HookDecision.Unauthorized.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"web.nothing", "nothing.web.token", "web", "", "a.b.c.d", "web.lost"})
    void whoHasNoProofIsNotToldWhetherAHookExists(String address) {
        assertThat(send(address, "", "Authorization", "Bearer "))
                .isInstanceOf(HookDecision.Unauthorized.class);
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(send("web.token", "x".repeat(1_001), "Authorization", "Bearer s3cret"))
                .isEqualTo(new HookDecision.TooLarge(1_000));
    }
}
