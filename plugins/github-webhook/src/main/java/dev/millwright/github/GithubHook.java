package dev.millwright.github;

import dev.millwright.forgekit.hook.ChangedPaths;
import dev.millwright.forgekit.hook.HookEvent;
import dev.millwright.forgekit.hook.HookFilters;
import dev.millwright.plugin.Default;
import dev.millwright.plugin.Describe;
import dev.millwright.plugin.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What users write for one hook of a pipeline. Immutable. An empty filter lets everything through.
///
/// ```yaml
/// secret: ${env:GITHUB_HOOK_SECRET}
/// event: [push, pull_request]
/// branch: [main, release/*]
/// path: {include: ["src/**"], exclude: ["**/*.md"]}
/// ```
@Describe("A webhook of a repository or an organisation on GitHub.")
public record GithubHook(
        @Describe("The secret that GitHub signs with.") Secret secret,
        @Describe("What starts runs.") @Default("push, tag, pull_request, manual")
                Set<HookEvent> event,
        @Describe("Globs of branches; for a pull request, of the branch it goes to.")
                List<String> branch,
        @Describe("Globs of tags.") List<String> tag,
        @Describe("Changed files of a push; it passes where GitHub does not tell all of them.")
                ChangedPaths path,
        @Describe(
                        "Globs of what is dispatched: the type of a repository_dispatch, the file"
                                + " of a workflow.")
                List<String> dispatch,
        @Describe("OWNER/NAME, where the hook of an organisation also tells of other repositories.")
                Optional<String> repository,
        @Describe("Inputs of the pipeline, each a JSON Pointer into the payload: /release/tag_name")
                Map<String, String> inputs)
        implements HookFilters {
    private static final Pattern FULL_NAME = Pattern.compile("[^/\\s]+/[^/\\s]+");

    public GithubHook {
        event = Set.copyOf(event);
        branch = List.copyOf(branch);
        tag = List.copyOf(tag);
        dispatch = List.copyOf(dispatch);
        inputs = Map.copyOf(inputs);
        repository.ifPresent(name -> HookFilters.checkRepository(name, FULL_NAME, "OWNER/NAME"));
        HookFilters.checkInputs(inputs);
    }
}
