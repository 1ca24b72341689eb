package dev.millwright.forges.bitbucket;

import dev.millwright.forgekit.RepositoryAddress;
import dev.millwright.forgekit.status.ForgeProvider;
import dev.millwright.forges.ServerSettings;
import dev.millwright.plugin.scm.CommitStatus;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// Talks to the REST API of Bitbucket Data Center (7.4 or newer) about commits: their statuses and
/// their files.
///
/// Usable from any thread; keeps nothing between calls.
public final class DataCenterForge extends ForgeProvider<ServerSettings> {
    private static final int MOST = 255;

    @Override
    public String kind() {
        return "bitbucket-data-center";
    }

    @Override
    public Class<ServerSettings> configuration() {
        return ServerSettings.class;
    }

    @Override
    protected String name() {
        return "Bitbucket";
    }

    @Override
    protected String host(ServerSettings settings) {
        return settings.host();
    }

    @Override
    protected URI api(ServerSettings settings) {
        return settings.apiAt("/rest/api/latest");
    }

    /// `/scm/PROJECT/NAME` over HTTP, `/PROJECT/NAME` over SSH.
    @Override
    protected boolean isRepository(RepositoryAddress address) {
        return true;
    }

    private static String repository(RepositoryAddress repository) {
        List<String> names = repository.names();
        return "/projects/%s/repos/%s".formatted(names.get(names.size() - 2), names.getLast());
    }

    @Override
    protected Map<String, String> headers(ServerSettings settings) {
        return Map.of("Authorization", "Bearer " + settings.token().reveal());
    }

    @Override
    protected String statusPath(RepositoryAddress repository, CommitStatus status) {
        return "%s/commits/%s/builds".formatted(repository(repository), encoded(status.commit()));
    }

    @Override
    protected Map<String, String> statusBody(RepositoryAddress repository, CommitStatus status) {
        Map<String, String> body = BuildStatus.body(status, MOST, "CANCELLED");
        body.put("description", shortened(status.description(), MOST));
        return body;
    }

    @Override
    protected String filePath(RepositoryAddress repository, String commit, String path) {
        return "%s/raw/%s?at=%s".formatted(repository(repository), path, commit);
    }
}
