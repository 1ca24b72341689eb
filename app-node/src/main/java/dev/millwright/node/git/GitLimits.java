package dev.millwright.node.git;

/// How much room git may take.
///
/// @param repositoryBytes of the copy of one repository
/// @param workspaceBytes of what one run finds in its workspace, submodules and large files
///   included
/// @param workspaceFiles the same in files and folders
/// @param freeBytes that stay free on the disk
public record GitLimits(
        long repositoryBytes, long workspaceBytes, long workspaceFiles, long freeBytes) {
    private static final long GIB = 1L << 30;

    public static final GitLimits DEFAULT = new GitLimits(10 * GIB, 20 * GIB, 1_000_000, GIB / 4);
}
