package dev.millwright.node.link;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keys and certificates as text, as other tools read it. Pure; any thread.
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final String CERTIFICATE = "CERTIFICATE";

    private Pem() {}

    static String of(KeyPair key) {
        return block(PRIVATE, key.getPrivate().getEncoded())
                + block(PUBLIC, key.getPublic().getEncoded());
    }

    static String of(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append(block(CERTIFICATE, Certificates.der(certificate)));
        }
        return text.toString();
    }

    private static String block(String kind, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(kind, LINES.encodeToString(der), kind);
    }

    /// @param place named when it makes no sense
    static KeyPair keyPair(String text, String place) {
        try {
            KeyFactory keys = KeyFactory.getInstance("EC");
            return new KeyPair(
                    keys.generatePublic(new X509EncodedKeySpec(first(PUBLIC, text, place))),
                    keys.generatePrivate(new PKCS8EncodedKeySpec(first(PRIVATE, text, place))));
        } catch (GeneralSecurityException damaged) {
            throw damaged(place, damaged);
        }
    }

    private static byte[] first(String kind, String text, String place) {
        List<byte[]> found = all(kind, text);
        if (found.isEmpty()) {
            throw new LinkException("%s holds no %s".formatted(place, kind));
        }
        return found.getFirst();
    }

    static List<X509Certificate> certificates(String text, String place) {
        return Certificates.read(all(CERTIFICATE, text), place);
    }

    private static List<byte[]> all(String kind, String text) {
        List<byte[]> found = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).equals(kind)) {
                found.add(Base64.getMimeDecoder().decode(block.group(2)));
            }
        }
        return found;
    }

    private static LinkException damaged(String place, Exception why) {
        return new LinkException("%s is damaged: %s".formatted(place, why.getMessage()), why);
    }
}
