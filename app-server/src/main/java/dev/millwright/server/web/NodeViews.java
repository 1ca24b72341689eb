package dev.millwright.server.web;

import dev.millwright.api.server.NodeView;
import dev.millwright.server.node.NodeProfile;
import dev.millwright.server.node.NodeRow;
import dev.millwright.server.node.Nodes;
import dev.millwright.server.pki.NodeAuthority.Enrolled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts what the database knows of nodes into words. Pure.
final class NodeViews {
    private static final String LOST_SERVER =
            "its server is lost: start it again ('millwright get servers' shows which it is); its"
                    + " steps go on";

    private NodeViews() {}

    /// Those that have connected and those that only joined, by name.
    static List<NodeView> of(List<Nodes.Counted> connected, List<Enrolled> enrolled) {
        Map<String, Enrolled> joined = new HashMap<>();
        enrolled.forEach(one -> joined.put(one.node().value(), one));
        List<NodeView> views = new ArrayList<>();
        for (Nodes.Counted one : connected) {
            views.add(of(one, joined.remove(one.row().name())));
        }
        joined.values().forEach(one -> views.add(neverConnected(one)));
        views.sort(Comparator.comparing(NodeView::name));
        return views;
    }

    /// @param enrolled null for a node that needs no certificate
    static NodeView of(Nodes.Counted counted, @Nullable Enrolled enrolled) {
        NodeRow node = counted.row();
        NodeProfile profile = node.profile();
        Instant quarantined = enrolled == null ? null : enrolled.quarantinedAtOrNull();
        return new NodeView(
                node.name(),
                quarantined == null ? node.shown().name().toLowerCase(Locale.ROOT) : "quarantined",
                profile.slots(),
                counted.busy(),
                profile.runners().stream().sorted().toList(),
                profile.missing(),
                profile.labels(),
                profile.facts(),
                profile.version(),
                node.seenAt(),
                counted.refusal(),
                quarantined == null
                        ? advice(node, enrolled == null)
                        : quarantine(node.name(), quarantined));
    }

    private static NodeView neverConnected(Enrolled enrolled) {
        String name = enrolled.node().value();
        Instant quarantined = enrolled.quarantinedAtOrNull();
        return new NodeView(
                name,
                quarantined == null ? "joined" : "quarantined",
                0,
                0,
                List.of(),
                Map.of(),
                enrolled.labels(),
                Map.of(),
                "",
                null,
                "",
                quarantined == null
                        ? "it has joined but never connected; start 'millwright node run' there"
                        : quarantine(name, quarantined));
    }

    /// @param isServers whether it is a part of a server
    private static String advice(NodeRow node, boolean isServers) {
        return switch (node.shown()) {
            case ONLINE, ELSEWHERE -> clock(node.profile().facts().get("clock.offset"));
            case SUSPECT -> "it has not been heard of for a moment; its steps go on";
            case UNREACHABLE -> isServers ? LOST_SERVER : unreachable(node);
            case DRAINING ->
                    "it takes nothing new until 'millwright node resume %s'".formatted(node.name());
            case OFFLINE ->
                    isServers
                            ? "its server was stopped; its steps go on, and its next start finds them again"
                            : "its agent was stopped; its steps go on, and 'millwright node run'"
                                    + " there finds them again";
        };
    }

    private static String unreachable(NodeRow node) {
        return "nothing is heard of it: look at the machine, its network and its agent, or give its"
                + " steps up with 'millwright node remove %s'".formatted(node.name());
    }

    /// @param offset seconds by which it is ahead, as the node tells; null when it is about right
    private static String clock(@Nullable String offset) {
        return offset == null
                ? ""
                : "its clock is %s s %s that of the servers; set it (timedatectl set-ntp true)"
                        .formatted(
                                offset.replace("-", ""),
                                offset.startsWith("-") ? "behind" : "ahead of");
    }

    private static String quarantine(String name, Instant since) {
        return ("since %s its certificates do not count: its key was copied, or its machine was set"
                        + " back to an old state; 'millwright node remove %s', delete the folder"
                        + " 'identity' in its --root, and let it join with a new token")
                .formatted(since, name);
    }
}
