package dev.millwright.node.link;

import java.util.Locale;
import java.util.Map;

/// What a machine needs to become a node.
///
/// @param server `host:port` of any server
/// @param token the one-time token
/// @param authority hash of the cluster's authority: `sha256:` and 64 digits
/// @param wantedName used when the token does not fix the name; may be empty
/// @param labels what the administrator says about the machine
public record JoinOrder(
        String server,
        String token,
        String authority,
        String wantedName,
        Map<String, String> labels) {
    public JoinOrder {
        var _ = ServerAddress.parse(server);
        authority = authority.strip().toLowerCase(Locale.ROOT).replace(":", "");
        authority = authority.startsWith("sha256") ? authority.substring(6) : authority;
        if (!authority.matches("[0-9a-f]{64}")) {
            throw new LinkException(
                    "'%s' is not the hash of an authority; hashes look like sha256:9f86d0..."
                            .formatted(authority));
        }
        authority = "sha256:" + authority;
        if (token.isBlank()) {
            throw new LinkException("the token is empty");
        }
        labels = Map.copyOf(labels);
    }

    /// Without the token.
    @Override
    public String toString() {
        return "join " + server;
    }
}
