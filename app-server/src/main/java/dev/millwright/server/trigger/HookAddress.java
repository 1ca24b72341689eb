package dev.millwright.server.trigger;

import dev.millwright.server.resource.Resources;
import java.util.List;

/// Which hook is meant: `NAMESPACE.PIPELINE.HOOK`, or `PIPELINE.HOOK` in the namespace `default`.
///
/// @param pipeline empty when the address is none, so that nothing is found
record HookAddress(String namespace, String pipeline, String hook) {
    /// How the sources of deliveries of hooks begin.
    static final String SOURCE = "hook:";

    static HookAddress parse(String address) {
        List<String> parts = List.of(address.split("\\.", -1));
        if (parts.size() < 2 || parts.size() > 3) {
            return new HookAddress(Resources.DEFAULT_NAMESPACE, "", "");
        }
        String namespace = parts.size() == 3 ? parts.getFirst() : Resources.DEFAULT_NAMESPACE;
        return new HookAddress(namespace, parts.get(parts.size() - 2), parts.getLast());
    }

    String source() {
        return SOURCE + namespace + "." + pipeline + "." + hook;
    }
}
