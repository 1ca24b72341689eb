package dev.millwright.gitpoll;

import dev.millwright.gitpoll.GitPollSettings.Scheme;
import dev.millwright.model.Globs;
import dev.millwright.plugin.Default;
import dev.millwright.plugin.Describe;
import dev.millwright.plugin.PluginException;
import dev.millwright.plugin.Secret;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// What users write for one poll of a pipeline. Immutable.
///
/// ```yaml
/// branch: [main, release/*]
/// tag: [v*]
/// password: ${env:GIT_TOKEN}
/// ```
@Describe("Looks for new commits, branches and tags in a Git repository.")
public record GitPoll(
        @Describe("Where to look; the pipeline's repository unless told.")
                Optional<String> repository,
        @Describe("Globs of branches.") @Default("**") List<String> branch,
        @Describe("Globs of tags; none unless told.") List<String> tag,
        @Describe("Which of several new commits of a branch are run.") @Default("newest")
                Commits commits,
        @Describe("User for https.") @Default("git") String user,
        @Describe("Password or token for https; else Git of the server's machine is asked.")
                Optional<Secret> password,
        @Describe("Private key for ssh; else the ssh of the server's machine finds one.")
                Optional<Secret> key,
        @Describe("Lines of known_hosts; else the ssh of the server's machine knows the host.")
                List<String> knownHosts) {
    /// Which new commits of a branch are run.
    public enum Commits {
        /// The one that the branch holds now.
        NEWEST,
        /// Each that the branch has been given since the last look, the oldest first.
        EVERY
    }

    public GitPoll {
        branch = List.copyOf(branch);
        tag = List.copyOf(tag);
        knownHosts = List.copyOf(knownHosts);
        if (branch.isEmpty() && tag.isEmpty()) {
            throw new IllegalArgumentException("neither a branch nor a tag is looked at");
        }
        // What no administrator can allow is refused when the pipeline is applied
        repository.ifPresent(GitPoll::check);
    }

    private static void check(String repository) {
        try {
            var _ = Address.parse(repository, EnumSet.allOf(Scheme.class));
        } catch (PluginException refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
        }
    }

    boolean wantsBranches() {
        return !branch.isEmpty();
    }

    boolean wantsTags() {
        return !tag.isEmpty();
    }

    boolean wants(String ref) {
        return Refs.isTag(ref)
                ? Globs.matchesAny(tag, Refs.brief(ref))
                : Refs.isBranch(ref) && Globs.matchesAny(branch, Refs.brief(ref));
    }
}
