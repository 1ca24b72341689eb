package dev.millwright.forges;

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
/// secret: ${env:GITLAB_HOOK_SECRET}
/// event: [push, pull_request]
/// branch: [main, release/*]
/// path: {include: ["src/**"], exclude: ["**/*.md"]}
/// ```
@Describe("A webhook of a repository, a group or an organisation.")
public record ForgeHook(
        @Describe("The secret that the forge signs with, or GitLab's secret token.") Secret secret,
        @Describe("What starts runs.") @Default("push, tag, pull_request, manual")
                Set<HookEvent> event,
        @Describe("Globs of branches; for a pull request, of the branch it goes to.")
                List<String> branch,
        @Describe("Globs of tags.") List<String> tag,
        @Describe("Changed files of a push; it passes where the forge does not tell all of them.")
                ChangedPaths path,
        @Describe("OWNER/NAME, where the hook of a group also tells of other repositories.")
                Optional<String> repository,
        @Describe("Inputs of the pipeline, each a JSON Pointer into the payload: /project/id")
                Map<String, String> inputs)
        implements HookFilters {
    private static final Pattern PATH = Pattern.compile("[^/\\s]+(/[^/\\s]+)+");

    public ForgeHook {
        event = Set.copyOf(event);
        branch = List.copyOf(branch);
        tag = List.copyOf(tag);
        inputs = Map.copyOf(inputs);
        repository.ifPresent(name -> HookFilters.checkRepository(name, PATH, "OWNER/NAME"));
        HookFilters.checkInputs(inputs);
    }
}
