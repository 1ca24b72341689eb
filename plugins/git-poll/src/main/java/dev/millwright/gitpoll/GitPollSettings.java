package dev.millwright.gitpoll;

import dev.millwright.plugin.Default;
import dev.millwright.plugin.Describe;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What administrators write for the whole plugin, in `git-poll.yaml`. Immutable.
///
/// ```yaml
/// schemes: [https, ssh, http]
/// timeout: 20s
/// ```
public record GitPollSettings(
        @Describe("How repositories may be reached; http and file are off unless they stand here.")
                @Default("https, ssh")
                Set<Scheme> schemes,
        @Describe("Longest time of one look.") @Default("30s") Duration timeout,
        @Describe("Most looks at one host at a time.") @Default("4") int perHost,
        @Describe(
                        "Addresses, networks and globs of hosts that polls may reach besides network.allow.")
                List<String> hosts) {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /// A way to reach a repository.
    public enum Scheme {
        HTTPS,
        SSH,
        HTTP,
        FILE
    }

    public GitPollSettings {
        schemes = Set.copyOf(schemes);
        hosts = List.copyOf(hosts);
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout has to be 1s to 60s");
        }
        if (perHost < 1) {
            throw new IllegalArgumentException("perHost has to be 1 or more");
        }
    }
}
