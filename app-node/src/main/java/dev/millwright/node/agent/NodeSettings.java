package dev.millwright.node.agent;

import dev.millwright.node.git.GitSettings;
import java.nio.file.Path;

/// What a node needs to know at start.
///
/// @param name shown to steps as `MILLWRIGHT_NODE_NAME`
/// @param root the node's own data: `attempts/` (the journal) and `git/` (the caches)
/// @param workspaceRoot one folder per run is made in here
/// @param slots how many attempts may be under way at once; more wait
public record NodeSettings(String name, Path root, Path workspaceRoot, int slots, GitSettings git) {
    /// The node `local` with everything under one folder.
    public static NodeSettings local(Path root, int slots) {
        return new NodeSettings(
                "local", root, root.resolve("workspaces"), slots, GitSettings.DEFAULT);
    }
}
