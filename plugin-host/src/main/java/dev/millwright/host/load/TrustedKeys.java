package dev.millwright.host.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Whose plugins are loaded. A signature is Ed25519 over the file's bytes, in base64, beside it as
/// `FILE.sig`.
public final class TrustedKeys {
    private static final long MOST_BYTES = 1_000;

    private final List<PublicKey> keys;

    private TrustedKeys(List<PublicKey> keys) {
        this.keys = keys;
    }

    /// Throws [LoadException] when one of them is none.
    ///
    /// @param encoded public keys in base64, as `openssl pkey -pubout -outform DER` gives them;
    ///   none: signatures are not looked at
    public static TrustedKeys of(List<String> encoded) {
        List<PublicKey> keys = new ArrayList<>();
        for (String key : encoded) {
            try {
                keys.add(
                        KeyFactory.getInstance("Ed25519")
                                .generatePublic(
                                        new X509EncodedKeySpec(Base64.getDecoder().decode(key))));
            } catch (GeneralSecurityException | IllegalArgumentException malformed) {
                throw new LoadException(
                        "'%s' is not an Ed25519 public key in base64".formatted(key), malformed);
            }
        }
        return new TrustedKeys(List.copyOf(keys));
    }

    /// Throws [LoadException] unless one of the keys has signed the file.
    void check(Path file, Path signature) {
        if (keys.isEmpty()) {
            return;
        }
        try {
            if (Files.size(signature) > MOST_BYTES) {
                throw new LoadException("its signature is longer than a signature");
            }
            byte[] shown =
                    Base64.getMimeDecoder()
                            .decode(Files.readString(signature, StandardCharsets.US_ASCII));
            byte[] bytes = Files.readAllBytes(file);
            for (PublicKey key : keys) {
                Signature check = Signature.getInstance("Ed25519");
                check.initVerify(key);
                check.update(bytes);
                if (holds(check, shown)) {
                    return;
                }
            }
        } catch (NoSuchFileException missing) {
            throw new LoadException(
                    "it is not signed: keys are trusted here and there is no "
                            + signature.getFileName(),
                    missing);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new LoadException(
                    "its signature cannot be read: " + unreadable.getMessage(), unreadable);
        }
        throw new LoadException("its signature is by none of the keys that are trusted here");
    }

    private static boolean holds(Signature check, byte[] shown) {
        try {
            return check.verify(shown);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }
}
