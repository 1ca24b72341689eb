package dev.millwright.forgekit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A repository of a forge, whichever way it is cloned. Immutable.
///
/// @param host in lower case, with the port when one is written
/// @param path `OWNER/NAME` or longer, as written
public record RepositoryAddress(String host, String path) {
    private static final String PATH = "((?:[\\w.~-]+/)+[\\w.~-]+?)(?:\\.git)?/?";
    private static final Pattern URL =
            Pattern.compile("(?:https?|ssh|git)://(?:[^@/\\s]*@)?([^/@\\s]+)/" + PATH);
    private static final Pattern SCP = Pattern.compile("(?:[^@/:\\s]+@)?([^/@:\\s]+):/?" + PATH);

    /// Empty when it is not an address of that kind, such as a path on this machine.
    public static Optional<RepositoryAddress> parse(String address) {
        Matcher url = URL.matcher(address);
        Matcher scp = SCP.matcher(address);
        if (url.matches()) {
            return Optional.of(of(url));
        }
        return !address.contains("://") && scp.matches() ? Optional.of(of(scp)) : Optional.empty();
    }

    private static RepositoryAddress of(Matcher matcher) {
        return new RepositoryAddress(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2));
    }

    /// Whether it lives there; a port, such as that of SSH, counts only when the host names one.
    public boolean isAt(String wanted) {
        return host.equals(wanted) || host.replaceFirst(":\\d+$", "").equals(wanted);
    }

    /// The parts of the path.
    public List<String> names() {
        return List.of(path.split("/"));
    }

    /// Whether it is a repository of that name below its owner, and nothing more.
    public boolean isOwnerAndName() {
        return names().size() == 2;
    }
}
