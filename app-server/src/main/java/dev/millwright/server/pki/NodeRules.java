package dev.millwright.server.pki;

import dev.millwright.model.MillwrightException;
import dev.millwright.model.NodeName;
import dev.millwright.model.resource.Labels;
import dev.millwright.server.link.LinkRefusal;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What nodes may be called, and what may be said about them.
final class NodeRules {
    /// `tokens` stands beside the nodes in addresses.
    private static final Set<String> RESERVED = Set.of(NodeName.LOCAL.value(), "tokens");

    private static final Pattern LABEL =
            Pattern.compile("[a-zA-Z0-9]([-a-zA-Z0-9_./]{0,61}[a-zA-Z0-9])?");
    private static final Pattern VALUE = Pattern.compile("[^\\p{Cntrl}]{0,253}");
    private static final int LONGEST_NAME = 63;
    private static final int MOST_LABELS = 64;

    private NodeRules() {}

    /// Throws [LinkRefusal] when no node can have that name.
    static NodeName name(String wanted) {
        if (wanted.length() > LONGEST_NAME) {
            throw new LinkRefusal(
                    "the name of a node has at most %d characters, not %d"
                            .formatted(LONGEST_NAME, wanted.length()));
        }
        try {
            Labels.requireName("node", wanted);
        } catch (MillwrightException wrong) {
            throw new LinkRefusal(String.valueOf(wrong.getMessage()));
        }
        if (RESERVED.contains(wanted)) {
            throw new LinkRefusal(
                    "no node can be named '%s', which has a meaning of its own; choose another name with --name"
                            .formatted(wanted));
        }
        return new NodeName(wanted);
    }

    /// Throws [LinkRefusal] when a label cannot be kept.
    static Map<String, String> labels(Map<String, String> wanted) {
        if (wanted.size() > MOST_LABELS) {
            throw new LinkRefusal(
                    "a node has at most %d labels, not %d".formatted(MOST_LABELS, wanted.size()));
        }
        wanted.forEach((label, value) -> {
            if (!LABEL.matcher(label).matches() || !VALUE.matcher(value).matches()) {
                throw new LinkRefusal(
                        "a label has up to 63 letters, digits and '-_./', starting and ending with a letter or digit, and its value up to 253 characters");
            }
            if (label.equals("node")) {
                throw new LinkRefusal("the label 'node' is the node's name and cannot be given");
            }
        });
        return Map.copyOf(wanted);
    }
}
