package dev.millwright.node.git;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Rules for repository addresses that end up on git's command line.
public final class GitUrl {
    private static final Pattern SCHEME = Pattern.compile("([a-z][a-z0-9+.-]*)://.*");

    /// `user@host:path` or `host:path`; two colons would name one of git's transport programs.
    private static final Pattern SCP_FORM =
            Pattern.compile("([A-Za-z0-9_.][A-Za-z0-9_.-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*:[^:-].*");

    private static final Pattern PASSWORD = Pattern.compile("[a-z]+://[^/@]*(:|%3a)[^/@]*@.*");

    /// A name before the host means something to ssh only; for the web it is most often a token.
    private static final Pattern WEB_USER = Pattern.compile("https?://[^/]*@.*");

    private static final Pattern HOST_DASH = Pattern.compile("[a-z]+://([^/]*@)?[-%].*");
    private static final Pattern CREDENTIALS =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://[^/\\s]+@");
    private static final Pattern HOST =
            Pattern.compile(
                    "(?i)(https?|ssh)://([^/]*@)?(?<url>\\[[^/\\]]*]|[^/:@\\s]+)(:\\d*)?(/.*)?"
                            + "|([^/@:]*@)?(?<scp>[^/@:]+):(?!//).*");
    private static final String WAYS = "use https://, ssh:// or user@host:path";
    private static final String FILE_SETTING =
            "directories of the server's machine may be used only where its administrator says"
                    + " 'git.allow-file: true'";
    private static final String HTTP_SETTING =
            "http:// without encryption may be used only where the server's administrator says"
                    + " 'git.allow-http: true'; use https:// or ssh://";

    private GitUrl() {}

    /// Throws [GitException] when the address may not be used.
    static void check(String url, GitSettings settings) {
        Optional<String> problem = problem(url, settings);
        if (problem.isPresent()) {
            throw new GitException(
                    "the repository address '%s' is refused: %s"
                            .formatted(withoutCredentials(url), problem.get()));
        }
    }

    /// Why the address may not be used, as far as it shows without asking anybody; empty when it
    /// may.
    public static Optional<String> problem(String url, GitSettings settings) {
        if (url.isBlank()) {
            return Optional.of("it is empty");
        }
        if (url.startsWith("-") || url.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            return Optional.of("it begins with '-' or holds control characters");
        }
        String lower = url.toLowerCase(Locale.ROOT);
        var scheme = SCHEME.matcher(lower);
        if (!scheme.matches()) {
            if (url.startsWith("/")) {
                return allowed(settings.allowFile(), FILE_SETTING);
            }
            return SCP_FORM.matcher(url).matches()
                    ? problemOfHost(url, settings)
                    : Optional.of(WAYS);
        }
        Optional<String> credentials = credentials(url);
        if (credentials.isPresent()) {
            return credentials;
        }
        if (HOST_DASH.matcher(lower).matches()) {
            return Optional.of("a user or host may not begin with '-' or '%'");
        }
        return switch (scheme.group(1)) {
            case "https", "ssh" -> problemOfHost(url, settings);
            case "http" ->
                    allowed(settings.allowHttp(), HTTP_SETTING)
                            .or(() -> problemOfHost(url, settings));
            case "file" ->
                    lower.startsWith("file:///")
                            ? allowed(settings.allowFile(), FILE_SETTING)
                            : Optional.of("write file:///path");
            default -> Optional.of(WAYS);
        };
    }

    private static Optional<String> allowed(boolean allowed, String setting) {
        return allowed ? Optional.empty() : Optional.of(setting);
    }

    private static Optional<String> problemOfHost(String url, GitSettings settings) {
        return host(url)
                .map(settings.wall()::problemOfAddress)
                .orElse(Optional.of("it names no host"));
    }

    /// The host of an address of git, without brackets and port; empty for a folder.
    static Optional<String> host(String url) {
        var named = HOST.matcher(url);
        if (!named.matches()) {
            return Optional.empty();
        }
        String host = named.group("url") == null ? named.group("scp") : named.group("url");
        return Optional.of(host.replaceAll("^\\[|]$", ""));
    }

    /// What to do about an address that holds credentials; empty when it holds none. Addresses are
    /// stored, shown, and given to steps.
    public static Optional<String> credentials(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        boolean held = PASSWORD.matcher(lower).matches() || WEB_USER.matcher(lower).matches();
        return held
                ? Optional.of(
                        "what stands before its '@' can be a password or a token, and whoever may read pipelines sees it; write the address without, and name them with 'user' and 'password' beside it, or let a credential helper of git on the node give them, or use ssh://")
                : Optional.empty();
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
}
