package dev.millwright.formats;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// The folder that a node works in: `cwd` is counted from that of the node around it, the outermost
/// one's from the root of the workspace.
final class BassFolder {
    private BassFolder() {}

    /// The folder as Millwright wants it, counted from the root.
    ///
    /// @param around the folder of the node around this one; empty for the root
    static String of(Keys keys, String around) {
        Optional<String> written = keys.text("cwd");
        if (written.isEmpty()) {
            return around;
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (around + "/" + written.get()).split("/", -1)) {
            if (part.equals("..") && parts.pollLast() == null) {
                keys.faults()
                        .add(
                                keys.place("cwd"),
                                "%s: 'cwd' leaves the workspace: '%s'"
                                        .formatted(keys.owner(), written.get()));
                return around;
            }
            if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    /// Note the folder in the step.
    static void put(Made step, String folder, Keys keys) {
        if (!folder.isEmpty()) {
            step.put("directory", Literal.of(folder), keys.place("cwd"));
        }
    }
}
