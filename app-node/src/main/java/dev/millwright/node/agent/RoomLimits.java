package dev.millwright.node.agent;

import dev.millwright.node.git.GitLimits;

/// How little room a node works with.
///
/// @param spoolBytes for the output of all attempts together; no new work at four fifths of it
/// @param freeBytes what has to be free on each disk
/// @param freePercent the same in hundredths of the disk
public record RoomLimits(long spoolBytes, long freeBytes, int freePercent) {
    private static final long GIB = 1L << 30;

    public static final RoomLimits DEFAULT =
            new RoomLimits(10 * GIB, GitLimits.DEFAULT.freeBytes(), 0);
}
