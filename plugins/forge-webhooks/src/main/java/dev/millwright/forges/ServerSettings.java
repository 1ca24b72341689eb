package dev.millwright.forges;

import dev.millwright.forgekit.status.ForgeAccess;
import dev.millwright.plugin.Default;
import dev.millwright.plugin.Describe;
import dev.millwright.plugin.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// What administrators write for a forge that they or others run on a server of their own.
/// Immutable.
///
/// ```yaml
/// token: ${env:FORGE_TOKEN}
/// host: git.example.org
/// ```
@Describe("Shows at the forge how the runs of commits stand.")
public record ServerSettings(
        @Describe("A token that may write commit statuses and read files.") Secret token,
        @Describe("Where repositories are cloned from.") String host,
        @Describe("Where the REST API answers, if not at the usual place of the host.")
                Optional<URI> api,
        @Describe("How long an answer is waited for.") @Default("20s") Duration timeout)
        implements ForgeAccess {
    public ServerSettings {
        host = host.toLowerCase(Locale.ROOT);
        if (host.isBlank() || host.contains("/")) {
            throw new IllegalArgumentException(
                    "host '%s' is no name such as git.example.org".formatted(host));
        }
        api.ifPresent(address -> ForgeAccess.checkApi(address, "https://git.example.org/api/v1"));
        ForgeAccess.checkTimeout(timeout);
    }

    /// The API, by default below the host.
    ///
    /// @param path such as `/api/v1`
    public URI apiAt(String path) {
        return api.orElseGet(() -> URI.create("https://" + host + path));
    }
}
