package dev.millwright.node.git;

import dev.millwright.plugin.NetworkWall;
import java.time.Duration;

/// What git may do.
///
/// @param allowFile whether repositories may be local folders (`/srv/x.git`, `file://`)
/// @param allowHttp whether repositories may come over unencrypted `http://`
/// @param timeout longest time of one git command, a first clone included
/// @param wall which hosts may be reached
/// @param limits how much room it may take
public record GitSettings(
        boolean allowFile,
        boolean allowHttp,
        Duration timeout,
        NetworkWall wall,
        GitLimits limits) {
    /// For a node: servers have looked at the address before, and a step reaches what git reaches.
    public static final GitSettings DEFAULT =
            new GitSettings(
                    true, true, Duration.ofMinutes(30), NetworkWall.OPEN, GitLimits.DEFAULT);

    /// The same with other limits.
    public GitSettings within(GitLimits others) {
        return new GitSettings(allowFile, allowHttp, timeout, wall, others);
    }
}
