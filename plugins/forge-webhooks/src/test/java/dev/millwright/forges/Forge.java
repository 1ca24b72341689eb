package dev.millwright.forges;

import dev.millwright.forges.bitbucket.CloudForge;
import dev.millwright.forges.bitbucket.DataCenterForge;
import dev.millwright.forges.gitea.ForgejoForge;
import dev.millwright.forges.gitea.GiteaForge;
import dev.millwright.forges.gitlab.GitlabForge;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.scm.ScmProvider;
import dev.millwright.testkit.BareContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What each forge documents of its REST API: where a status goes, who may send it, and what it may
/// hold.
///
/// "Set the pipeline status of a commit" (GitLab), "Create a commit status" (Gitea, Forgejo),
/// "Create a build status for a commit" (Bitbucket Cloud), "Store build status" (Data Center).
enum Forge {
    GITLAB(
            "gitlab",
            "https://gitlab.example.org/mike/tools/web.git",
            "/projects/mike%2Ftools%2Fweb/statuses/([0-9a-f]{40})",
            Map.of("PRIVATE-TOKEN", "secret-TOKEN"),
            List.of("pending", "running", "success", "failed", "failed", "canceled"),
            "/projects/mike%2Ftools%2Fweb/repository/files/.millwright%2Fa%20b.yaml/raw?ref=abc123"),
    GITEA(
            "gitea",
            "ssh://git@git.example.org:2222/mike/web.git",
            "/repos/mike/web/statuses/([0-9a-f]{40})",
            Map.of("Authorization", "token secret-TOKEN"),
            List.of("pending", "pending", "success", "failure", "error", "error"),
            "/repos/mike/web/raw/.millwright/a%20b.yaml?ref=abc123"),
    FORGEJO(
            "forgejo",
            "git@git.example.org:mike/web.git",
            GITEA.statuses,
            GITEA.proof,
            GITEA.words,
            GITEA.file),
    BITBUCKET(
            "bitbucket",
            "git@bitbucket.org:mike/web.git",
            "/repositories/mike/web/commit/([0-9a-f]{40})/statuses/build",
            Map.of("Authorization", "Bearer secret-TOKEN"),
            List.of("INPROGRESS", "INPROGRESS", "SUCCESSFUL", "FAILED", "FAILED", "STOPPED"),
            "/repositories/mike/web/src/abc123/.millwright/a%20b.yaml"),
    DATA_CENTER(
            "bitbucket-data-center",
            "https://git.example.org/scm/~mike/web.git",
            "/projects/~mike/repos/web/commits/([0-9a-f]{40})/builds",
            Map.of("Authorization", "Bearer secret-TOKEN"),
            List.of("INPROGRESS", "INPROGRESS", "SUCCESSFUL", "FAILED", "FAILED", "CANCELLED"),
            "/projects/~mike/repos/web/raw/.millwright/a%20b.yaml?at=abc123");

    final String kind;
    final String repository;

    /// A pattern of the path; its group is the commit.
    final String statuses;

    final Map<String, String> proof;

    /// Its word for each of our states.
    final List<String> words;

    /// Where a file of a commit is.
    final String file;

    Forge(
            String kind,
            String repository,
            String statuses,
            Map<String, String> proof,
            List<String> words,
            String file) {
        this.kind = kind;
        this.repository = repository;
        this.statuses = statuses;
        this.proof = proof;
        this.words = words;
        this.file = file;
    }

    /// Opened, with everything in reach.
    ScmProvider<?> provider() {
        ScmProvider<?> provider = made();
        provider.open(BareContext.with(NetworkWall.OPEN));
        return provider;
    }

    private ScmProvider<?> made() {
        return switch (this) {
            case GITLAB -> new GitlabForge();
            case GITEA -> new GiteaForge();
            case FORGEJO -> new ForgejoForge();
            case BITBUCKET -> new CloudForge();
            case DATA_CENTER -> new DataCenterForge();
        };
    }

    /// What administrators write, with the stand-in's address for the forge's own.
    Map<String, Object> settings(String api) {
        Map<String, Object> settings = new HashMap<>(Map.of("token", "${env:TOKEN}", "api", api));
        switch (this) {
            case GITLAB -> settings.put("host", "gitlab.example.org");
            case GITEA, FORGEJO, DATA_CENTER -> settings.put("host", "Git.example.org");
            case BITBUCKET -> {}
        }
        return settings;
    }

    /// The members that a status may have, each with the most characters.
    Map<String, Integer> members() {
        return switch (this) {
            case GITLAB -> Map.of("state", 20, "name", 255, "target_url", 255, "description", 255);
            case GITEA, FORGEJO ->
                    Map.of("state", 20, "context", 255, "target_url", 2000, "description", 255);
            case BITBUCKET ->
                    Map.of("key", 40, "state", 20, "name", 255, "url", 2000, "description", 2000);
            case DATA_CENTER ->
                    Map.of("key", 255, "state", 20, "name", 255, "url", 450, "description", 255);
        };
    }

    /// The members that a status has to have.
    Set<String> needed() {
        return switch (this) {
            case GITLAB, GITEA, FORGEJO -> Set.of("state");
            case BITBUCKET, DATA_CENTER -> Set.of("key", "state", "url");
        };
    }

    /// What is answered when a status was stored.
    int stored() {
        return this == DATA_CENTER ? 204 : 201;
    }
}
