package dev.millwright.server.access;

import java.util.Locale;

/// What the holder of a key may do.
public enum Role {
    VIEWER,
    OPERATOR,
    ADMIN;

    /// Whether a route that asks for this access may be used.
    public boolean allows(Access access) {
        return switch (access) {
            case OPEN, HOOK, VIEW -> true;
            case OPERATE -> this != VIEWER;
            case ADMIN -> this == ADMIN;
        };
    }

    /// The word as it is stored and shown.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
