package dev.millwright.forges.gitea;

import dev.millwright.forgekit.RepositoryAddress;
import dev.millwright.forgekit.status.ForgeProvider;
import dev.millwright.forges.ServerSettings;
import dev.millwright.plugin.scm.CommitStatus;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/// Talks to the REST API of Gitea, and of Forgejo, which has the same.
abstract class GiteaLikeForge extends ForgeProvider<ServerSettings> {
    private static final int MOST_DESCRIPTION = 255;

    @Override
    public final Class<ServerSettings> configuration() {
        return ServerSettings.class;
    }

    @Override
    protected final String host(ServerSettings settings) {
        return settings.host();
    }

    @Override
    protected final URI api(ServerSettings settings) {
        return settings.apiAt("/api/v1");
    }

    @Override
    protected final boolean isRepository(RepositoryAddress address) {
        return address.isOwnerAndName();
    }

    @Override
    protected final Map<String, String> headers(ServerSettings settings) {
        return Map.of("Authorization", "token " + settings.token().reveal());
    }

    @Override
    protected final String statusPath(RepositoryAddress repository, CommitStatus status) {
        return "/repos/%s/statuses/%s".formatted(repository.path(), encoded(status.commit()));
    }

    @Override
    protected final Map<String, String> statusBody(
            RepositoryAddress repository, CommitStatus status) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("state", state(status.state()));
        if (!status.url().isEmpty()) {
            body.put("target_url", status.url());
        }
        body.put("description", shortened(status.description(), MOST_DESCRIPTION));
        body.put("context", status.context());
        return body;
    }

    private static String state(CommitStatus.State state) {
        return switch (state) {
            case PENDING, RUNNING -> "pending";
            case SUCCESS -> "success";
            case FAILURE -> "failure";
            case ERROR, CANCELLED -> "error";
        };
    }

    @Override
    protected final String filePath(RepositoryAddress repository, String commit, String path) {
        return "/repos/%s/raw/%s?ref=%s".formatted(repository.path(), path, commit);
    }
}
