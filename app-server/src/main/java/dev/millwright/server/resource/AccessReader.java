package dev.millwright.server.resource;

import dev.millwright.engine.binding.BindingException;
import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.model.Loopback;
import dev.millwright.model.Parameters;
import dev.millwright.model.plan.RepositoryAccess;
import dev.millwright.plugin.Default;
import dev.millwright.plugin.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what opens the repository of a pipeline. The keys and their rules are those of a poll of
/// Git, so that both are written alike.
final class AccessReader {
    static final List<String> KEYS = List.of("user", "password", "key", "knownHosts");

    /// The host of an address without encryption.
    private static final Pattern OPEN = Pattern.compile("http://(\\[[^]]*]|[^:/]*).*");

    private AccessReader() {}

    /// As it is written.
    private record Written(
            @Default("git") String user,
            Optional<Secret> password,
            Optional<Secret> key,
            List<String> knownHosts) {}

    /// Empty when there is nothing of the kind, or something is wrong with it, which is noted.
    static Optional<RepositoryAccess> access(SpecFields fields, String url) {
        Parameters written = fields.only(KEYS);
        if (written.values().isEmpty()) {
            return Optional.empty();
        }
        try {
            // Unresolved, a secret is its own reference
            Written read = RecordBinder.bind(Written.class, written, SecretSource.UNRESOLVED);
            return fits(fields, url.toLowerCase(Locale.ROOT), read)
                    ? Optional.of(
                            new RepositoryAccess(
                                    read.user(),
                                    read.password().map(Secret::reveal).orElse(null),
                                    read.key().map(Secret::reveal).orElse(null),
                                    read.knownHosts()))
                    : Optional.empty();
        } catch (BindingException wrong) {
            wrong.problems()
                    .forEach(problem ->
                            fields.problem(
                                    problem.pointer().replaceFirst("^/", ""), problem.message()));
            return Optional.empty();
        }
    }

    /// Whether others are on the way, who may listen.
    private static boolean isOpenToAll(String url) {
        Matcher open = OPEN.matcher(url);
        return open.matches() && !Loopback.isWritten(open.group(1));
    }

    private static boolean fits(SpecFields fields, String url, Written read) {
        boolean web = url.matches("https?://.*");
        boolean ssh = !web && !url.startsWith("/") && !url.startsWith("file:");
        if (read.password().isPresent() && !web) {
            fields.problem(
                    "password", "a password opens https:// only; for ssh name a private 'key'");
            return false;
        }
        if (read.password().isPresent() && isOpenToAll(url)) {
            fields.problem(
                    "password",
                    "over http:// everybody on the way can read a password; use https://");
            return false;
        }
        if (fields.has("user") && read.password().isEmpty()) {
            fields.problem(
                    "user", "'user' goes with 'password'; the user for ssh stands in the address");
            return false;
        }
        if (fields.has("user")
                && (read.user().isBlank() || read.user().chars().anyMatch(c -> c < ' '))) {
            fields.problem("user", "'user' is empty or holds control characters");
            return false;
        }
        for (String key : List.of("key", "knownHosts")) {
            if (fields.has(key) && !ssh) {
                fields.problem(
                        key,
                        "'%s' is for ssh:// and user@host:path only; for https:// name a 'password'"
                                .formatted(key));
                return false;
            }
        }
        return true;
    }
}
