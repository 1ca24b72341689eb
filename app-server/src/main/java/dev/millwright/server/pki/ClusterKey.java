package dev.millwright.server.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.millwright.model.Sha256;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals what must not be readable in the database. Immutable; never printed.
final class ClusterKey {
    private static final int KEY_LENGTH = 32;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;
    private final String place;

    private ClusterKey(byte[] key, String place) {
        this.key = key;
        this.place = place;
    }

    /// @param place where it is kept, for people
    static ClusterKey random(String place) {
        byte[] key = new byte[KEY_LENGTH];
        RANDOM.nextBytes(key);
        return new ClusterKey(key, place);
    }

    /// @param base64 of 32 bytes
    /// @param place where it is kept, for people
    static ClusterKey parse(String base64, String place) {
        try {
            byte[] key = Base64.getDecoder().decode(base64.strip());
            if (key.length == KEY_LENGTH) {
                return new ClusterKey(key, place);
            }
        } catch (IllegalArgumentException malformed) {
            // Said below; the text itself must not be shown
        }
        throw new AuthorityException(
                "%s does not hold a cluster key, which is %d random bytes in base64; make one with 'openssl rand -base64 %d', or restore the one that the cluster was made with"
                        .formatted(place, KEY_LENGTH, KEY_LENGTH));
    }

    /// For the file that keeps it.
    String secret() {
        return Base64.getEncoder().encodeToString(key);
    }

    /// Where it is kept, for people.
    String place() {
        return place;
    }

    /// Tells one key from another; says nothing about the key itself.
    String mark() {
        MessageDigest digest = Sha256.digest();
        digest.update("millwright cluster key".getBytes(US_ASCII));
        return HexFormat.of().formatHex(digest.digest(key), 0, 8);
    }

    /// @param name of what is sealed; it opens under this name only
    byte[] seal(byte[] plain, String name) {
        byte[] nonce = new byte[NONCE_LENGTH];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(plain);
            byte[] whole = Arrays.copyOf(nonce, NONCE_LENGTH + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE_LENGTH, sealed.length);
            return whole;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has AES-GCM", e);
        }
    }

    /// Throws when it was sealed with another key or under another name, or was changed since.
    byte[] open(byte[] sealed, String name) throws GeneralSecurityException {
        if (sealed.length < NONCE_LENGTH) {
            throw new GeneralSecurityException("too short");
        }
        return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_LENGTH), name)
                .doFinal(sealed, NONCE_LENGTH, sealed.length - NONCE_LENGTH);
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(US_ASCII));
        return cipher;
    }

    @Override
    public String toString() {
        return "ClusterKey[" + mark() + " in " + place + "]";
    }
}
