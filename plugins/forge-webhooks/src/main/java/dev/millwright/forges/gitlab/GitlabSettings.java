package dev.millwright.forges.gitlab;

import dev.millwright.forgekit.status.ForgeAccess;
import dev.millwright.forges.ServerSettings;
import dev.millwright.plugin.Default;
import dev.millwright.plugin.Describe;
import dev.millwright.plugin.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// What administrators write for gitlab.com or a GitLab of their own. Immutable.
///
/// ```yaml
/// token: ${env:GITLAB_TOKEN}
/// host: gitlab.example.org
/// ```
@Describe("Shows at GitLab how the runs of commits stand.")
public record GitlabSettings(
        @Describe("An access token with the scope 'api'.") Secret token,
        @Describe("Where repositories are cloned from.") @Default("gitlab.com") String host,
        @Describe("Where the REST API answers, if not at /api/v4 of the host.") Optional<URI> api,
        @Describe("How long an answer is waited for.") @Default("20s") Duration timeout)
        implements ForgeAccess {
    public GitlabSettings {
        host = new ServerSettings(token, host, api, timeout).host();
    }

    URI apiOrUsual() {
        return new ServerSettings(token, host, api, timeout).apiAt("/api/v4");
    }
}
