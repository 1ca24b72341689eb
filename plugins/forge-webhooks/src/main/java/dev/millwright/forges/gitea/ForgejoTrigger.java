package dev.millwright.forges.gitea;

import java.util.List;

/// Understands the webhooks of Forgejo: `POST /hooks/forgejo/...`.
///
/// Usable from any thread; keeps nothing between calls.
public final class ForgejoTrigger extends GiteaLikeTrigger {
    @Override
    public String kind() {
        return "forgejo";
    }

    /// Old versions have only those of Gitea.
    @Override
    List<String> prefixes() {
        return List.of("X-Forgejo-", "X-Gitea-");
    }
}
