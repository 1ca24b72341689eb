package dev.millwright.forges.bitbucket;

import dev.millwright.forgekit.RepositoryAddress;
import dev.millwright.forgekit.status.ForgeProvider;
import dev.millwright.plugin.scm.CommitStatus;
import java.net.URI;
import java.util.Map;

/// Talks to the REST API of Bitbucket Cloud about commits: their statuses and their files.
///
/// Usable from any thread; keeps nothing between calls.
public final class CloudForge extends ForgeProvider<CloudSettings> {
    private static final String HOST = "bitbucket.org";
    private static final int MOST_KEY = 40;

    @Override
    public String kind() {
        return "bitbucket";
    }

    @Override
    public Class<CloudSettings> configuration() {
        return CloudSettings.class;
    }

    @Override
    protected String name() {
        return "Bitbucket";
    }

    @Override
    protected String host(CloudSettings settings) {
        return HOST;
    }

    @Override
    protected URI api(CloudSettings settings) {
        return settings.api();
    }

    @Override
    protected boolean isRepository(RepositoryAddress address) {
        return address.isOwnerAndName();
    }

    @Override
    protected Map<String, String> headers(CloudSettings settings) {
        return Map.of("Authorization", "Bearer " + settings.token().reveal());
    }

    private static String repository(RepositoryAddress repository) {
        return "/repositories/" + repository.path();
    }

    @Override
    protected String statusPath(RepositoryAddress repository, CommitStatus status) {
        return "%s/commit/%s/statuses/build"
                .formatted(repository(repository), encoded(status.commit()));
    }

    @Override
    protected Map<String, String> statusBody(RepositoryAddress repository, CommitStatus status) {
        Map<String, String> body = BuildStatus.body(status, MOST_KEY, "STOPPED");
        body.put("description", status.description());
        return body;
    }

    @Override
    protected String filePath(RepositoryAddress repository, String commit, String path) {
        return "%s/src/%s/%s".formatted(repository(repository), commit, path);
    }
}
