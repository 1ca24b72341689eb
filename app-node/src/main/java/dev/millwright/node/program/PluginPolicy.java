package dev.millwright.node.program;

import java.util.List;

/// Which plugins of its servers a node takes.
///
/// @param taken whether it takes any
/// @param trustedKeys whose, Ed25519 public keys in base64; none: everybody's
public record PluginPolicy(boolean taken, List<String> trustedKeys) {
    public static final PluginPolicy ALL = new PluginPolicy(true, List.of());

    public PluginPolicy {
        trustedKeys = List.copyOf(trustedKeys);
    }
}
