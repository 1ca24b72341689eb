package dev.millwright.server.git;

import dev.millwright.model.Parameters;
import dev.millwright.model.resource.Resource;
import dev.millwright.node.git.GitSettings;
import dev.millwright.node.git.GitUrl;
import dev.millwright.server.resource.Kind;
import dev.millwright.server.resource.ResourceProblem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Holds the repository of a pipeline against what the administrator allows, when the pipeline is
/// applied; [dev.millwright.node.git.GitCache] does so again when it is fetched. Called from any
/// thread.
public record RepositoryRules(GitSettings settings) implements Kind.Validator {
    @Override
    public List<ResourceProblem> problems(Resource resource, Parameters spec) {
        @Nullable Object repository = spec.values().get("repository");
        return switch (repository) {
            case String url -> problems("/repository", url);
            case Map<?, ?> fields when fields.get("url") instanceof String url ->
                    problems("/repository/url", url);
            case null, default -> List.of();
        };
    }

    private List<ResourceProblem> problems(String pointer, String url) {
        return GitUrl.problem(url, settings)
                .map(why ->
                        ResourceProblem.at(
                                pointer,
                                "the repository's address is refused: "
                                        + GitUrl.withoutCredentials(why)))
                .stream()
                .toList();
    }
}
