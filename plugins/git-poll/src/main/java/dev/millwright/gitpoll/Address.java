package dev.millwright.gitpoll;

import dev.millwright.gitpoll.GitPollSettings.Scheme;
import dev.millwright.model.Loopback;
import dev.millwright.plugin.PluginException;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.transport.URIish;

/// Where a repository is. Immutable.
///
/// @param host with the port where one is named; `this machine` for a folder
record Address(Scheme scheme, URIish uri, String host) {
    static final String CREDENTIALS =
            "what stands before the '@' of the address can be a password or a token; write the address without, and give them with 'user' and 'password' of the poll";

    private static final String LOCAL = "this machine";
    private static final Pattern WITH_PASSWORD =
            Pattern.compile("[a-z+]+://[^/@]*(:|%3a)[^/@]*@.*");

    /// A name before the host means something to ssh only; for the web it is most often a token.
    private static final Pattern WITH_WEB_USER = Pattern.compile("https?://[^/]*@.*");

    /// Throws [PluginException] where a password would travel for everybody to read.
    void checkMayCarryPassword() {
        if (scheme == Scheme.HTTP && !Loopback.isWritten(uri.getHost())) {
            throw new PluginException(
                    "over http:// everybody on the way can read the password of the poll; use https://");
        }
    }

    /// Addresses are stored and shown.
    static boolean holdsCredentials(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return WITH_PASSWORD.matcher(lower).matches() || WITH_WEB_USER.matcher(lower).matches();
    }

    /// Throws [PluginException] for what is no address, or one that may not be looked at.
    static Address parse(String text, Set<Scheme> allowed) {
        if (text.isBlank()) {
            throw new PluginException(
                    "the pipeline has no repository; name one with 'repository' of the poll");
        }
        if (text.startsWith("-") || text.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new PluginException(
                    "the address begins with '-' or holds spaces or control characters");
        }
        URIish uri = uri(text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (holdsCredentials(text)) {
            throw new PluginException(CREDENTIALS);
        }
        boolean remote = uri.getHost() != null && !uri.getHost().isEmpty();
        Scheme known =
                switch (scheme) {
                    case "https" -> Scheme.HTTPS;
                    case "http" -> Scheme.HTTP;
                    case "ssh", "ssh+git", "git+ssh" -> Scheme.SSH;
                    case "file" -> Scheme.FILE;
                    case "" -> remote ? Scheme.SSH : Scheme.FILE;
                    default -> throw refused(scheme, allowed);
                };
        if (!allowed.contains(known)) {
            throw refused(known.name().toLowerCase(Locale.ROOT), allowed);
        }
        if (known == Scheme.FILE) {
            return new Address(known, uri, LOCAL);
        }
        if (!remote || uri.getHost().startsWith("-") || startsWithDash(uri.getUser())) {
            throw new PluginException("'%s' names no host that can be asked".formatted(text));
        }
        String port = uri.getPort() > 0 ? ":" + uri.getPort() : "";
        return new Address(known, uri, uri.getHost().toLowerCase(Locale.ROOT) + port);
    }

    private static boolean startsWithDash(@org.jspecify.annotations.Nullable String text) {
        return text != null && text.startsWith("-");
    }

    private static URIish uri(String text) {
        try {
            return new URIish(text);
        } catch (URISyntaxException malformed) {
            throw new PluginException("'%s' is no address of a repository".formatted(text));
        }
    }

    private static PluginException refused(String scheme, Set<Scheme> allowed) {
        List<String> words =
                allowed.stream().map(one -> one.name().toLowerCase(Locale.ROOT)).sorted().toList();
        boolean possible =
                Stream.of(Scheme.values()).anyMatch(one -> one.name().equalsIgnoreCase(scheme));
        return new PluginException(
                "repositories may not be reached by '%s', only by %s%s"
                        .formatted(
                                scheme,
                                String.join(", ", words),
                                possible ? "; " + remedy(scheme, words) : ""));
    }

    private static String remedy(String scheme, List<String> allowed) {
        return "the administrator allows it with 'schemes: [%s]' in plugins/git-poll.yaml of the data directory"
                .formatted(
                        Stream.concat(allowed.stream(), Stream.of(scheme))
                                .collect(Collectors.joining(", ")));
    }

    /// The user that the address itself names.
    Optional<String> user() {
        return Optional.ofNullable(uri.getUser());
    }
}
