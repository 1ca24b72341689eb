package dev.millwright.server.node;

import dev.millwright.model.NodeName;
import java.util.Map;

/// What those know of a node who let it join. Any thread.
public interface Enrolment {
    /// What a node that was removed hears.
    String WAY_BACK = "to come back, delete 'identity' below its --root and join with a new token";

    /// Nobody joins; for servers with their own node only.
    Enrolment NONE =
            new Enrolment() {
                @Override
                public Map<String, String> labels(NodeName node) {
                    return Map.of();
                }

                @Override
                public void quarantine(NodeName node, String reason) {
                    // It has no certificates
                }
            };

    /// The labels that the node was given when it joined; they count more than its own.
    Map<String, String> labels(NodeName node);

    /// Let its certificates count no more, because its key was copied; its connections are cut.
    void quarantine(NodeName node, String reason);
}
