package dev.millwright.node.plugin;

import dev.millwright.host.Admission;
import dev.millwright.host.load.LoadException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Lets only those files be loaded that are what they are named by, and those first that a server
/// told of last. Any thread.
final class FetchedFiles implements Admission {
    private final Set<String> damaged = ConcurrentHashMap.newKeySet();
    private volatile Set<String> wanted = Set.of();

    void want(List<OfferedPlugin> told) {
        wanted = told.stream().map(OfferedPlugin::file).collect(Collectors.toUnmodifiableSet());
    }

    /// The files that were found to be damaged since this was asked last.
    Set<String> takeDamaged() {
        Set<String> found = Set.copyOf(damaged);
        damaged.removeAll(found);
        return found;
    }

    @Override
    public void check(String file, String sha256) {
        if (!file.startsWith(sha256 + ".")) {
            damaged.add(file);
            throw new LoadException(
                    "its content is not what a server gave: it has the hash " + sha256);
        }
    }

    @Override
    public boolean isPreferred(String file) {
        return wanted.contains(file);
    }
}
