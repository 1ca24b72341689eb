package dev.millwright.model.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The condition of a step or a pipeline: it holds when one of its clauses does, or when it has
/// none.
public record When(List<Clause> clauses) {
    /// Holds whatever happens.
    public static final When ALWAYS = new When(List.of());

    public When {
        clauses = List.copyOf(clauses);
    }

    /// All parts of a clause have to hold; an empty part holds.
    ///
    /// @param events such as `push`, `tag`, `cron`, `manual`
    /// @param branches globs over the branch name
    /// @param include globs over changed files, at least one must match
    /// @param exclude globs over changed files that do not count
    /// @param expressionOrNull a CEL expression that gives true or false
    public record Clause(
            List<String> events,
            List<String> branches,
            List<String> include,
            List<String> exclude,
            @Nullable String expressionOrNull) {
        public Clause {
            events = List.copyOf(events);
            branches = List.copyOf(branches);
            include = List.copyOf(include);
            exclude = List.copyOf(exclude);
        }
    }
}
