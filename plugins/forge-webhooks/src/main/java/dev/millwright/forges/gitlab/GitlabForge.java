package dev.millwright.forges.gitlab;

import dev.millwright.forgekit.RepositoryAddress;
import dev.millwright.forgekit.status.ForgeProvider;
import dev.millwright.plugin.scm.CommitStatus;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Talks to GitLab's REST API about commits: their statuses and their files.
///
/// Usable from any thread; keeps nothing between calls.
public final class GitlabForge extends ForgeProvider<GitlabSettings> {
    private static final int MOST_DESCRIPTION = 255;

    /// What GitLab answers when a status is what it shall become, or has got further already.
    private static final Pattern THERE =
            Pattern.compile("Cannot transition status via :(enqueue|run)\\b");

    @Override
    public String kind() {
        return "gitlab";
    }

    @Override
    public Class<GitlabSettings> configuration() {
        return GitlabSettings.class;
    }

    @Override
    protected String name() {
        return "GitLab";
    }

    @Override
    protected String host(GitlabSettings settings) {
        return settings.host();
    }

    @Override
    protected URI api(GitlabSettings settings) {
        return settings.apiOrUsual();
    }

    /// Groups may have groups.
    @Override
    protected boolean isRepository(RepositoryAddress address) {
        return true;
    }

    @Override
    protected Map<String, String> headers(GitlabSettings settings) {
        return Map.of("PRIVATE-TOKEN", settings.token().reveal());
    }

    private static String project(RepositoryAddress repository) {
        return "/projects/" + encoded(repository.path());
    }

    @Override
    protected String statusPath(RepositoryAddress repository, CommitStatus status) {
        return "%s/statuses/%s".formatted(project(repository), encoded(status.commit()));
    }

    @Override
    protected Map<String, String> statusBody(RepositoryAddress repository, CommitStatus status) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("state", state(status.state()));
        body.put("name", status.context());
        if (!status.url().isEmpty()) {
            body.put("target_url", status.url());
        }
        body.put("description", shortened(status.description(), MOST_DESCRIPTION));
        return body;
    }

    private static String state(CommitStatus.State state) {
        return switch (state) {
            case PENDING -> "pending";
            case RUNNING -> "running";
            case SUCCESS -> "success";
            case FAILURE, ERROR -> "failed";
            case CANCELLED -> "canceled";
        };
    }

    @Override
    protected boolean isShownAlready(int status, String body) {
        return status == 400 && THERE.matcher(body).find();
    }

    /// A file is named as a whole, with its slashes encoded.
    @Override
    protected String filePath(RepositoryAddress repository, String commit, String path) {
        return "%s/repository/files/%s/raw?ref=%s"
                .formatted(project(repository), path.replace("/", "%2F"), commit);
    }
}
