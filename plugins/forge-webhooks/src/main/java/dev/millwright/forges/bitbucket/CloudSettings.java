package dev.millwright.forges.bitbucket;

import dev.millwright.forgekit.status.ForgeAccess;
import dev.millwright.plugin.Default;
import dev.millwright.plugin.Describe;
import dev.millwright.plugin.Secret;
import java.net.URI;
import java.time.Duration;

/// What administrators write for Bitbucket Cloud. Immutable.
///
/// ```yaml
/// token: ${env:BITBUCKET_TOKEN}
/// ```
@Describe("Shows at Bitbucket Cloud how the runs of commits stand.")
public record CloudSettings(
        @Describe("An access token of the repository, project or workspace that may write.")
                Secret token,
        @Describe("Where the REST API answers.") @Default("https://api.bitbucket.org/2.0") URI api,
        @Describe("How long an answer is waited for.") @Default("20s") Duration timeout)
        implements ForgeAccess {
    public CloudSettings {
        ForgeAccess.checkApi(api, "https://api.bitbucket.org/2.0");
        ForgeAccess.checkTimeout(timeout);
    }
}
