package dev.millwright.server.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.NodeName;
import dev.millwright.node.link.NodeKeys;
import dev.millwright.server.link.LinkRefusal;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is taken from a certificate request, and what not.
@Timeout(60)
class CertificateRequestTest extends AuthorityFixture {
    private static Extensions wishes() throws Exception {
        ExtensionsGenerator wishes = new ExtensionsGenerator();
        wishes.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(
                        new GeneralName(
                                GeneralName.uniformResourceIdentifier,
                                "spiffe://millwright/server")));
        wishes.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        return wishes.generate();
    }

    @Test
    void whatNodesAskWithIsTaken() {
        KeyPair key = NodeKeys.create();

        assertThat(CertificateRequest.parse(NodeKeys.request(key)).key())
                .isEqualTo(key.getPublic());
    }

    @Test
    @Tag("S20")
    void wishesOfARequestAreIgnored() throws Exception {
        KeyPair key = JoinRequests.ec("secp256r1");
        byte[] request = JoinRequests.of(key, key.getPrivate(), "CN=Millwright server", wishes());

        X509Certificate own =
                authority.join(token(), request, "web-1", Map.of(), "").chain().getFirst();

        assertThat(own.getSubjectX500Principal().getName()).isEqualTo("CN=web-1");
        assertThat(own.getSubjectAlternativeNames())
                .containsExactly(List.of(6, "spiffe://millwright/node/web-1"));
        assertThat(own.getBasicConstraints()).isEqualTo(-1);
        assertThat(own.getNotAfter().toInstant())
                .isBefore(Instant.now().plus(Duration.ofHours(25)));
        assertThat(own.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    }

    @Test
    @Tag("S20")
    void unusableRequestsAreRefusedAndLeaveTheTokenUsable() throws Exception {
        String token = token();
        KeyPair key = JoinRequests.ec("secp256r1");
        byte[] flipped = JoinRequests.of(key);
        flipped[flipped.length - 1] ^= 1;
        List<byte[]> unusable =
                List.of(
                        JoinRequests.of(JoinRequests.rsa(1_024)),
                        JoinRequests.of(JoinRequests.ec("secp521r1")),
                        JoinRequests.of(
                                key, JoinRequests.ec("secp256r1").getPrivate(), "CN=a", null),
                        flipped,
                        new byte[1 << 20],
                        new byte[0],
                        new byte[] {0x30, 0x03, 0x02, 0x01, 0x00});

        for (byte[] request : unusable) {
            assertThatThrownBy(() -> authority.join(token, request, "web-1", Map.of(), ""))
                    .isInstanceOf(LinkRefusal.class);
        }
        assertThat(events("node.join-refused")).hasSize(unusable.size());
        assertThat(join(token, "web-1").node()).isEqualTo(new NodeName("web-1"));
    }

    @Test
    void strongKeysOfEachKindAreTaken() throws Exception {
        List<KeyPair> keys =
                List.of(
                        JoinRequests.ec("secp256r1"),
                        JoinRequests.ec("secp384r1"),
                        JoinRequests.ed25519(),
                        JoinRequests.rsa(2_048));
        for (int i = 0; i < keys.size(); i++) {
            X509Certificate own =
                    authority
                            .join(token(), JoinRequests.of(keys.get(i)), "n" + i, Map.of(), "")
                            .chain()
                            .getFirst();
            assertThat(own.getPublicKey()).isEqualTo(keys.get(i).getPublic());
        }
    }
}
