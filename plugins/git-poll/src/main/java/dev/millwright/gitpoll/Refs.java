package dev.millwright.gitpoll;

/// Names of branches and tags. Pure.
final class Refs {
    static final String BRANCHES = "refs/heads/";
    static final String TAGS = "refs/tags/";

    private Refs() {}

    static boolean isTag(String ref) {
        return ref.startsWith(TAGS);
    }

    static boolean isBranch(String ref) {
        return ref.startsWith(BRANCHES);
    }

    /// The name that people say.
    static String brief(String ref) {
        return isTag(ref) ? ref.substring(TAGS.length()) : ref.substring(BRANCHES.length());
    }
}
