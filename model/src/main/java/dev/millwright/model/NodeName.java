package dev.millwright.model;

import static java.util.Objects.requireNonNull;

/// Name a node. The server itself is the node `local`.
public record NodeName(String value) {
    /// The node that lives inside the server, or inside `millwright local`.
    public static final NodeName LOCAL = new NodeName("local");

    public NodeName {
        requireNonNull(value, "value is null");
    }

    @Override
    public String toString() {
        return value;
    }
}
