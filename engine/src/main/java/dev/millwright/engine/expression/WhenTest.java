package dev.millwright.engine.expression;

import dev.millwright.engine.progress.Conditions.Verdict;
import dev.millwright.model.Globs;
import dev.millwright.model.plan.When;
import java.util.ArrayList;
import java.util.List;

/// Tells whether a condition holds for given facts. Pure.
public final class WhenTest {
    private WhenTest() {}

    public static Verdict test(When when, Facts facts) {
        if (when.clauses().isEmpty()) {
            return new Verdict.Holds();
        }
        List<String> reasons = new ArrayList<>();
        for (When.Clause clause : when.clauses()) {
            switch (test(clause, facts)) {
                case Verdict.Holds holds -> {
                    return holds;
                }
                case Verdict.Fails(String why) -> reasons.add(why);
                case Verdict.Broken broken -> {
                    return broken;
                }
            }
        }
        return new Verdict.Fails(String.join("; ", reasons));
    }

    private static Verdict test(When.Clause clause, Facts facts) {
        if (!clause.events().isEmpty() && !clause.events().contains(facts.event())) {
            return new Verdict.Fails(
                    "the event is '%s', not %s"
                            .formatted(facts.event(), String.join(" or ", clause.events())));
        }
        if (!clause.branches().isEmpty() && !Globs.matchesAny(clause.branches(), facts.branch())) {
            return new Verdict.Fails(
                    "the branch is '%s', not %s"
                            .formatted(facts.branch(), String.join(" or ", clause.branches())));
        }
        if (!pathsMatch(clause, facts)) {
            return new Verdict.Fails("no changed file matches the condition on paths");
        }
        return clause.expressionOrNull() == null
                ? new Verdict.Holds()
                : evaluate(clause.expressionOrNull(), facts);
    }

    /// Where nobody knows what changed (a cron run, the first push of a branch), a condition on
    /// paths says nothing.
    private static boolean pathsMatch(When.Clause clause, Facts facts) {
        boolean unknown = facts.changed().isEmpty() && !facts.filesAreKnown();
        if (unknown || (clause.include().isEmpty() && clause.exclude().isEmpty())) {
            return true;
        }
        return facts.changed().stream()
                .filter(file -> !Globs.matchesAny(clause.exclude(), file))
                .anyMatch(file ->
                        clause.include().isEmpty() || Globs.matchesAny(clause.include(), file));
    }

    private static Verdict evaluate(String expression, Facts facts) {
        try {
            Object value = Expressions.evaluate(expression, facts.variables());
            if (value instanceof Boolean holds) {
                return holds
                        ? new Verdict.Holds()
                        : new Verdict.Fails("'%s' is false".formatted(expression));
            }
            return new Verdict.Broken("'%s' is neither true nor false".formatted(expression));
        } catch (ExpressionException failed) {
            return new Verdict.Broken(String.valueOf(failed.getMessage()));
        }
    }
}
