package dev.millwright.forges.gitea;

/// Talks to Forgejo's REST API about commits: their statuses and their files.
///
/// Usable from any thread; keeps nothing between calls.
public final class ForgejoForge extends GiteaLikeForge {
    @Override
    public String kind() {
        return "forgejo";
    }

    @Override
    protected String name() {
        return "Forgejo";
    }
}
