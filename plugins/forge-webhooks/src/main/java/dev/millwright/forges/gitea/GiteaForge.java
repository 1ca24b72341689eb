package dev.millwright.forges.gitea;

/// Talks to Gitea's REST API about commits: their statuses and their files.
///
/// Usable from any thread; keeps nothing between calls.
public final class GiteaForge extends GiteaLikeForge {
    @Override
    public String kind() {
        return "gitea";
    }

    @Override
    protected String name() {
        return "Gitea";
    }
}
