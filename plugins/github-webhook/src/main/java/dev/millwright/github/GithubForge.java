package dev.millwright.github;

import dev.millwright.forgekit.RepositoryAddress;
import dev.millwright.forgekit.status.ForgeProvider;
import dev.millwright.plugin.scm.CommitStatus;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/// Talks to GitHub's REST API about commits: their statuses and their files.
///
/// Usable from any thread; keeps nothing between calls.
public final class GithubForge extends ForgeProvider<GithubSettings> {
    private static final int MOST_DESCRIPTION = 140;

    @Override
    public String kind() {
        return "github";
    }

    @Override
    public Class<GithubSettings> configuration() {
        return GithubSettings.class;
    }

    @Override
    protected String name() {
        return "GitHub";
    }

    @Override
    protected String host(GithubSettings settings) {
        return settings.host();
    }

    @Override
    protected URI api(GithubSettings settings) {
        return settings.api();
    }

    @Override
    protected boolean isRepository(RepositoryAddress address) {
        return address.isOwnerAndName();
    }

    @Override
    protected Map<String, String> headers(GithubSettings settings) {
        return Map.of(
                "Accept", "application/vnd.github+json",
                "Authorization", "Bearer " + settings.token().reveal(),
                "X-GitHub-Api-Version", "2022-11-28");
    }

    @Override
    protected String statusPath(RepositoryAddress repository, CommitStatus status) {
        return "/repos/%s/statuses/%s".formatted(repository.path(), encoded(status.commit()));
    }

    @Override
    protected Map<String, String> statusBody(RepositoryAddress repository, CommitStatus status) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("state", state(status.state()));
        if (!status.url().isEmpty()) {
            body.put("target_url", status.url());
        }
        body.put("description", shortened(status.description(), MOST_DESCRIPTION));
        body.put("context", status.context());
        return body;
    }

    /// GitHub has four states.
    private static String state(CommitStatus.State state) {
        return switch (state) {
            case PENDING, RUNNING -> "pending";
            case SUCCESS -> "success";
            case FAILURE -> "failure";
            case ERROR, CANCELLED -> "error";
        };
    }

    @Override
    protected String filePath(RepositoryAddress repository, String commit, String path) {
        return "/repos/%s/contents/%s?ref=%s".formatted(repository.path(), path, commit);
    }

    @Override
    protected String fileType() {
        return "application/vnd.github.raw+json";
    }
}
