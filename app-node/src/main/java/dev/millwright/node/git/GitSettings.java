package dev.millwright.node.git;

import java.time.Duration;

/// What git may do.
///
/// @param allowFile whether repositories may be local folders (`/srv/x.git`, `file://`)
/// @param allowHttp whether repositories may come over unencrypted `http://`
/// @param timeout longest time of one git command, a first clone included
public record GitSettings(boolean allowFile, boolean allowHttp, Duration timeout) {
    public static final GitSettings DEFAULT = new GitSettings(true, true, Duration.ofMinutes(30));
}
