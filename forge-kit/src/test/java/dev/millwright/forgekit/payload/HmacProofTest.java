package dev.millwright.forgekit.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.Payload;
import dev.millwright.plugin.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With the example that GitHub documents ("Validating webhook deliveries").
@Tag("S01")
final class HmacProofTest {
    private static final Secret SECRET = Secret.of("It's a Secret to Everybody");
    private static final Payload BODY = Payload.of("Hello, World!");
    private static final String HEX =
            "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    @Test
    void theDocumentedExampleHolds() {
        assertThat(HmacProof.holds("sha256=", "sha256=" + HEX, BODY, SECRET)).isTrue();
    }

    @Test
    void anotherBodyOrAnotherSecretDoesNot() {
        assertThat(HmacProof.holds("sha256=", "sha256=" + HEX, Payload.of("Hello, World"), SECRET))
                .isFalse();
        assertThat(HmacProof.holds("sha256=", "sha256=" + HEX, BODY, Secret.of("It's a secret")))
                .isFalse();
    }

    @Test
    void theBytesCountAndNotTheirMeaning() {
        byte[] notUtf8 = {(byte) 0xff, (byte) 0xfe, 0};
        // HMAC-SHA256 of ff fe 00 with the key "key", by OpenSSL
        String expected = "0bb5edf1d66fd8d4c528ef2dcb025d56c823049144525db792cbc67039c59f6a";
        assertThat(
                        HmacProof.holds(
                                "sha256=",
                                "sha256=" + expected,
                                Payload.of(notUtf8),
                                Secret.of("key")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256=",
                "sha256",
                HEX,
                "sha1=" + HEX,
                "SHA256=" + HEX,
                "sha256=757107EA0EB2509FC211221CCE984B8A37570B6D7586C22C46F4379C8B043E17",
                "sha256=" + HEX + ",sha256=" + HEX,
                "sha256=" + HEX + "00",
                "sha256=757107ea",
                "sha256=zz7107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18",
                " sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
            })
    void whatIsNotTheSignatureIsNotTaken(String header) {
        assertThat(HmacProof.holds("sha256=", header, BODY, SECRET)).isFalse();
    }
}
