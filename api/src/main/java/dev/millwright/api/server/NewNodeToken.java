package dev.millwright.api.server;

import java.time.Instant;

/// A token that was just made.
///
/// @param expiresAt when it cannot be used any more
/// @param command the line to paste on the machine; holds the secret, which is shown only this once
public record NewNodeToken(String id, Instant expiresAt, String command) {
    @Override
    public String toString() {
        return "NewNodeToken[id=%s, expiresAt=%s]".formatted(id, expiresAt);
    }
}
