package dev.millwright.forgekit.hook;

import dev.millwright.model.Globs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a hook lets through; the record of each forge's hook is one. An empty filter lets
/// everything through.
///
/// ```java
/// public record ForgeHook(Secret secret, Set<HookEvent> event, List<String> branch, ...)
///         implements HookFilters {}
/// ```
public interface HookFilters {
    Set<HookEvent> event();

    /// Globs; for a pull request, of the branch it goes to.
    List<String> branch();

    /// Globs.
    List<String> tag();

    ChangedPaths path();

    /// The path of the repository that the hook is about, such as `octo/web`.
    Optional<String> repository();

    /// Inputs of the pipeline, each a JSON Pointer into the payload.
    Map<String, String> inputs();

    /// Throws [IllegalArgumentException] when it is not a path such as `pattern` wants it.
    ///
    /// @param wanted for people, such as `OWNER/NAME`
    static void checkRepository(String repository, Pattern pattern, String wanted) {
        if (!pattern.matcher(repository).matches()) {
            throw new IllegalArgumentException(
                    "repository '%s' has to be %s".formatted(repository, wanted));
        }
    }

    /// Throws [IllegalArgumentException] when one is no JSON Pointer.
    static void checkInputs(Map<String, String> inputs) {
        inputs.forEach((name, pointer) -> {
            if (!pointer.startsWith("/")) {
                throw new IllegalArgumentException(
                        "input '%s': '%s' is no JSON Pointer, which begins with '/'"
                                .formatted(name, pointer));
            }
        });
    }

    /// Whether one of the globs fits, or there are none.
    static boolean admits(List<String> globs, String name) {
        return globs.isEmpty() || Globs.matchesAny(globs, name);
    }

    /// The globs for such a ref.
    default List<String> globs(String ref) {
        return Refs.isTag(ref) ? tag() : branch();
    }
}
