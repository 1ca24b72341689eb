package dev.millwright.forgekit.hook;

/// Names of branches and tags. Pure.
public final class Refs {
    private static final String BRANCH = "refs/heads/";
    private static final String TAG = "refs/tags/";

    private Refs() {}

    public static boolean isTag(String ref) {
        return ref.startsWith(TAG);
    }

    public static boolean isBranch(String ref) {
        return ref.startsWith(BRANCH);
    }

    public static String branch(String name) {
        return BRANCH + name;
    }

    public static String tag(String name) {
        return TAG + name;
    }

    /// Whether it is the commit that stands for none: zeros.
    public static boolean isNone(String commit) {
        return !commit.isEmpty() && commit.chars().allMatch(digit -> digit == '0');
    }

    /// `branch` or `tag`, for people.
    public static String kind(String ref) {
        return isTag(ref) ? "tag" : "branch";
    }

    /// The name that people say.
    public static String brief(String ref) {
        if (isBranch(ref)) {
            return ref.substring(BRANCH.length());
        }
        return isTag(ref) ? ref.substring(TAG.length()) : ref;
    }
}
