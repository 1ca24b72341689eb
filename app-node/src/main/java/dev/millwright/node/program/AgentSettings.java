package dev.millwright.node.program;

import dev.millwright.node.agent.Room;
import dev.millwright.node.agent.RoomLimits;
import dev.millwright.node.git.GitLimits;
import dev.millwright.node.link.LinkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How a node works.
///
/// @param version of the program
/// @param root the node's own data: identity, journal, git caches, `facts.d/`
/// @param workspaceRoot one folder per run is made in here
/// @param labels what the administrator says about the machine
/// @param slots how many attempts it runs at once
/// @param shell for scripts whose step names none
/// @param repositories how much room what git brings may take
/// @param plugins whether plugins of servers are taken, and whose
/// @param factsEvery how often the machine is looked at
/// @param disk tells how full the disks are
public record AgentSettings(
        String version,
        Path root,
        Path workspaceRoot,
        Map<String, String> labels,
        int slots,
        List<String> shell,
        RoomLimits limits,
        GitLimits repositories,
        PluginPolicy plugins,
        Duration factsEvery,
        LinkSettings link,
        Room.Disk disk) {
    public static final List<String> SHELL = List.of("sh", "-e");
    public static final Duration FACTS_EVERY = Duration.ofMinutes(5);

    public AgentSettings {
        labels = Map.copyOf(labels);
        shell = List.copyOf(shell);
    }
}
