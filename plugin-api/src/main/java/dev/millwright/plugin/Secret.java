package dev.millwright.plugin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A value that must not be seen. Users never write it down: in a configuration it is a reference,
/// `from_secret: STORE/PATH#KEY`, `${env:NAME}` or `${file:PATH}`, which the host resolves each
/// time before it calls. Immutable; usable from any thread; it prints as `******`.
///
/// ```java
/// record Hook(Secret secret) {}
/// mac.init(new SecretKeySpec(hook.secret().reveal().getBytes(UTF_8), "HmacSHA256"));
/// ```
@Stability(Stability.Level.STABLE)
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /// Keep a value; not empty, since an empty secret proves nothing.
    public static Secret of(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a secret is not empty");
        }
        return new Secret(value);
    }

    /// The value itself; never log it.
    public String reveal() {
        return value;
    }

    /// Compare with what a caller has shown, in a time that tells nothing about the value.
    public boolean matches(String shown) {
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && matches(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "******";
    }
}
