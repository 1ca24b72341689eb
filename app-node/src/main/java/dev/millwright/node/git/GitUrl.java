package dev.millwright.node.git;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Rules for repository addresses that end up on git's command line.
public final class GitUrl {
    private static final Pattern SCHEME = Pattern.compile("([a-z][a-z0-9+.-]*)://.*");

    /// `user@host:path` or `host:path`; two colons would name one of git's transport programs.
    private static final Pattern SCP_FORM =
            Pattern.compile("([A-Za-z0-9_.][A-Za-z0-9_.-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*:[^:-].*");

    private static final Pattern PASSWORD = Pattern.compile("[a-z]+://[^/@]*:[^/@]*@.*");
    private static final Pattern HOST_DASH = Pattern.compile("[a-z]+://([^/@]*@)?-.*");
    private static final Pattern CREDENTIALS =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://[^/\\s]+@");
    private static final List<String> OPEN = List.of("https", "ssh");

    private GitUrl() {}

    /// Throws [GitException] when the address is of a form that is not allowed.
    static void check(String url, GitSettings settings) {
        if (url.isBlank()
                || url.startsWith("-")
                || url.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw refused(url, "it is empty, begins with '-' or holds control characters");
        }
        String lower = url.toLowerCase(Locale.ROOT);
        var scheme = SCHEME.matcher(lower);
        if (!scheme.matches()) {
            if (url.startsWith("/")) {
                require(settings.allowFile(), url, "local repositories are not allowed here");
            } else if (!SCP_FORM.matcher(url).matches()) {
                throw refused(url, "use https://, ssh:// or user@host:path");
            }
            return;
        }
        if (PASSWORD.matcher(lower).matches()) {
            throw refused(url, "a password has no place in it; use a credential helper of git");
        }
        if (HOST_DASH.matcher(lower).matches()) {
            throw refused(url, "a host may not begin with '-'");
        }
        switch (scheme.group(1)) {
            case "http" ->
                    require(settings.allowHttp(), url, "unencrypted http is not allowed here");
            case "file" ->
                    require(settings.allowFile(), url, "local repositories are not allowed here");
            default ->
                    require(
                            OPEN.contains(scheme.group(1)),
                            url,
                            "use https://, ssh:// or user@host:path");
        }
    }

    /// Throws [GitException] when the name could be taken for an option or is no name at all.
    static void checkRef(String ref) {
        if (ref.startsWith("-")
                || ref.contains("..")
                || ref.contains("//")
                || ref.endsWith("/")
                || ref.chars().anyMatch(c -> c <= ' ' || c == 0x7f || "~^:?*[\\".indexOf(c) >= 0)) {
            throw new GitException("'%s' is not a name for a branch, tag or commit".formatted(ref));
        }
    }

    public static String withoutCredentials(String text) {
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
