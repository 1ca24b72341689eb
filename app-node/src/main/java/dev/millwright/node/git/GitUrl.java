package dev.millwright.node.git;

import java.util.Locale;
import java.util.regex.Pattern;

/// Rules for repository addresses that end up on git's command line.
final class GitUrl {
    private static final Pattern SCP_FORM =
            Pattern.compile("[A-Za-z0-9_.-]+@[A-Za-z0-9.-]+:[^:].*");
    private static final Pattern CREDENTIALS = Pattern.compile("(https?|ssh)://[^/\\s@]+@");

    private GitUrl() {}

    /// Throws [GitException] when the address is of a form that is not allowed.
    static void check(String url, GitSettings settings) {
        if (url.isBlank()
                || url.startsWith("-")
                || url.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw refused(url, "it is empty, begins with '-' or holds control characters");
        }
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.startsWith("https://")
                || lower.startsWith("ssh://")
                || SCP_FORM.matcher(url).matches()) {
            if (lower.startsWith("ssh://-")) {
                throw refused(url, "a host may not begin with '-'");
            }
            return;
        }
        if (lower.startsWith("http://")) {
            require(settings.allowHttp(), url, "unencrypted http is not allowed here");
            return;
        }
        if (lower.startsWith("file://") || url.startsWith("/")) {
            require(settings.allowFile(), url, "local repositories are not allowed here");
            return;
        }
        throw refused(url, "use https://, ssh:// or user@host:path");
    }

    /// Throws [GitException] when the name could be taken for an option or is no name at all.
    static void checkRef(String ref) {
        if (ref.startsWith("-")
                || ref.contains("..")
                || ref.chars().anyMatch(c -> c <= ' ' || c == 0x7f || "~^:?*[\\".indexOf(c) >= 0)) {
            throw new GitException("'%s' is not a name for a branch, tag or commit".formatted(ref));
        }
    }

    static String withoutCredentials(String text) {
        return CREDENTIALS.matcher(text).replaceAll("$1://***@");
    }

    private static void require(boolean allowed, String url, String why) {
        if (!allowed) {
            throw refused(url, why);
        }
    }

    private static GitException refused(String url, String why) {
        return new GitException(
                "the repository address '%s' is refused: %s"
                        .formatted(withoutCredentials(url), why));
    }
}
