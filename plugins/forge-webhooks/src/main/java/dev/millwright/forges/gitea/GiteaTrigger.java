package dev.millwright.forges.gitea;

import java.util.List;

/// Understands the webhooks of Gitea: `POST /hooks/gitea/...`.
///
/// Usable from any thread; keeps nothing between calls.
public final class GiteaTrigger extends GiteaLikeTrigger {
    @Override
    public String kind() {
        return "gitea";
    }

    @Override
    List<String> prefixes() {
        return List.of("X-Gitea-");
    }
}
