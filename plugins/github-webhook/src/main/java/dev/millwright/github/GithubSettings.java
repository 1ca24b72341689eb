package dev.millwright.github;

import dev.millwright.forgekit.status.ForgeAccess;
import dev.millwright.plugin.Default;
import dev.millwright.plugin.Describe;
import dev.millwright.plugin.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/// What administrators write for github.com or one GitHub Enterprise Server. Immutable.
///
/// ```yaml
/// token: ${env:GITHUB_TOKEN}
/// host: github.example.org
/// api: https://github.example.org/api/v3
/// ```
@Describe("Shows at GitHub how the runs of commits stand.")
public record GithubSettings(
        @Describe("A token that may write commit statuses and read contents.") Secret token,
        @Describe("Where repositories are cloned from.") @Default("github.com") String host,
        @Describe("Where the REST API answers.") @Default("https://api.github.com") URI api,
        @Describe("How long an answer is waited for.") @Default("20s") Duration timeout)
        implements ForgeAccess {
    public GithubSettings {
        host = host.toLowerCase(Locale.ROOT);
        ForgeAccess.checkApi(api, "https://api.github.com");
        ForgeAccess.checkTimeout(timeout);
    }
}
