package dev.millwright.engine.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelException;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Evaluates CEL, an expression language without loops or side effects. Any thread.
public final class Expressions {
    /// Longer expressions are refused.
    public static final int LONGEST = 4_096;

    private static final int REMEMBERED = 1_000;

    /// Expressions are few and written by people, so each is compiled once.
    private static final Map<String, CelRuntime.Program> PROGRAMS = new ConcurrentHashMap<>();

    private Expressions() {}

    /// What is wrong with an expression; empty when it can be evaluated.
    public static Optional<String> problem(String expression) {
        try {
            program(expression);
            return Optional.empty();
        } catch (ExpressionException wrong) {
            return Optional.of(String.valueOf(wrong.getMessage()));
        }
    }

    /// What is wrong with an expression that has to give true or false; empty when nothing is.
    public static Optional<String> conditionProblem(String expression) {
        Optional<String> problem = problem(expression);
        if (problem.isPresent()) {
            return problem;
        }
        CelType gives = tree(expression).getResultType();
        boolean fits = gives.equals(SimpleType.BOOL) || gives.equals(SimpleType.DYN);
        return fits
                ? Optional.empty()
                : Optional.of(
                        "it gives a value of type %s, not true or false".formatted(gives.name()));
    }

    /// A name that an expression takes out of a variable such as `inputs` or `steps`.
    public record Use(String variable, String name) {}

    /// Every [Use] of an expression; none when it is wrong.
    public static List<Use> uses(String expression) {
        return problem(expression).isPresent() ? List.of() : ExpressionUses.of(tree(expression));
    }

    private static CelAbstractSyntaxTree tree(String expression) {
        try {
            return CelMachinery.COMPILER.compile(expression).getAst();
        } catch (CelValidationException wrong) {
            throw new ExpressionException(told(wrong), wrong);
        }
    }

    /// Evaluate; throws [ExpressionException] when the expression is wrong or something it uses is
    /// not there.
    public static Object evaluate(String expression, Map<String, Object> variables) {
        try {
            return plain(expression, program(expression).eval(variables));
        } catch (StackOverflowError tooDeep) {
            throw new ExpressionException("'%s' nests too deep".formatted(expression), null);
        } catch (CelEvaluationException failed) {
            throw new ExpressionException(
                    "'%s' could not be evaluated: %s".formatted(expression, failed.getMessage()),
                    failed);
        }
    }

    /// Text, number, boolean, list or map; nothing is an empty text.
    private static Object plain(String expression, @Nullable Object value) {
        return switch (value) {
            case null -> "";
            case NullValue _ -> "";
            case String text -> text;
            case Boolean flag -> flag;
            case Double number -> number;
            case Number number -> number.longValue();
            case List<?> list -> list.stream().map(item -> plain(expression, item)).toList();
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, item) -> copy.put(String.valueOf(key), plain(expression, item)));
                yield copy;
            }
            case CelUnknownSet _ ->
                    throw new ExpressionException(
                            "'%s' uses a variable that is not known here".formatted(expression),
                            null);
            default -> value.toString();
        };
    }

    private static CelRuntime.Program program(String expression) {
        CelRuntime.Program known = PROGRAMS.get(expression);
        if (known != null) {
            return known;
        }
        if (expression.length() > LONGEST) {
            throw new ExpressionException(
                    "the expression has %,d characters, more than the %,d that are allowed"
                            .formatted(expression.length(), LONGEST),
                    null);
        }
        try {
            CelRuntime.Program program = CelMachinery.RUNTIME.createProgram(tree(expression));
            if (PROGRAMS.size() > REMEMBERED) {
                PROGRAMS.clear();
            }
            PROGRAMS.put(expression, program);
            return program;
        } catch (StackOverflowError tooDeep) {
            throw new ExpressionException("the expression nests too deep", null);
        } catch (CelEvaluationException wrong) {
            throw new ExpressionException(told(wrong), wrong);
        }
    }

    /// The first complaint, with the place where it is as people count.
    private static String told(CelException wrong) {
        String message = String.valueOf(wrong.getMessage());
        String first = message.lines().findFirst().orElse(message);
        return first.replaceFirst("^ERROR: ", "")
                .replaceFirst("^<input>:[0-9]+:([0-9]+): ", "at character $1: ")
                .replace(" (in container '')", "");
    }
}
