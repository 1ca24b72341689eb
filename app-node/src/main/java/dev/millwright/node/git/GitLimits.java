package dev.millwright.node.git;

import java.util.Locale;

/// How much room git may take.
///
/// @param repositoryBytes of the copy of one repository
/// @param workspaceBytes of what one run finds in its workspace, submodules and large files
///   included
/// @param workspaceFiles the same in files and folders
/// @param freeBytes that stay free on the disk
public record GitLimits(
        long repositoryBytes, long workspaceBytes, long workspaceFiles, long freeBytes) {
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    public static final GitLimits DEFAULT = new GitLimits(10 * GIB, 20 * GIB, 1_000_000, GIB / 4);

    /// Bytes, for people.
    static String size(long bytes) {
        if (bytes >= GIB) {
            return size(bytes, GIB, "GiB");
        }
        return bytes >= MIB ? size(bytes, MIB, "MiB") : size(bytes, KIB, "KiB");
    }

    private static String size(long bytes, long unit, String name) {
        String form = bytes % unit == 0 ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, form, (double) bytes / unit, name);
    }
}
