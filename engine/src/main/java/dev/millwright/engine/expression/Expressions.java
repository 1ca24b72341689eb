package dev.millwright.engine.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelException;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Evaluates CEL, an expression language without loops or side effects. Any thread.
public final class Expressions {
    /// Longer expressions are refused.
    public static final int LONGEST = 4_096;

    private static final int REMEMBERED = 1_000;
    private static final MapType VALUES = MapType.create(SimpleType.STRING, SimpleType.DYN);
    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .maxExpressionCodePointSize(LONGEST)
                    .maxParseRecursionDepth(60)
                    .comprehensionMaxIterations(10_000)
                    .build();

    /// Expressions are few and written by people, so each is compiled once.
    private static final Map<String, CelRuntime.Program> PROGRAMS = new ConcurrentHashMap<>();

    private Expressions() {}

    /// The machinery is big, so it is loaded only when there is an expression.
    private static final class Machinery {
        static final CelCompiler COMPILER =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(OPTIONS)
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .addVar("event", SimpleType.STRING)
                        .addVar("branch", SimpleType.STRING)
                        .addVar("tag", SimpleType.STRING)
                        .addVar("commit", SimpleType.STRING)
                        .addVar("changed", ListType.create(SimpleType.STRING))
                        .addVar("inputs", VALUES)
                        .addVar("matrix", VALUES)
                        .addVar("env", VALUES)
                        .addVar("steps", VALUES)
                        .addVar("body", SimpleType.DYN)
                        .addVar("headers", VALUES)
                        .addVar("query", VALUES)
                        .build();
        static final CelRuntime RUNTIME =
                CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();
    }

    /// What is wrong with an expression; empty when it can be evaluated.
    public static Optional<String> problem(String expression) {
        try {
            program(expression);
            return Optional.empty();
        } catch (ExpressionException wrong) {
            return Optional.of(String.valueOf(wrong.getMessage()));
        }
    }

    /// Evaluate; throws [ExpressionException] when the expression is wrong or something it uses is
    /// not there.
    public static Object evaluate(String expression, Map<String, Object> variables) {
        try {
            return program(expression).eval(variables);
        } catch (CelEvaluationException failed) {
            throw new ExpressionException(
                    "'%s' could not be evaluated: %s".formatted(expression, failed.getMessage()),
                    failed);
        }
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
            CelAbstractSyntaxTree ast = Machinery.COMPILER.compile(expression).getAst();
            CelRuntime.Program program = Machinery.RUNTIME.createProgram(ast);
            if (PROGRAMS.size() > REMEMBERED) {
                PROGRAMS.clear();
            }
            PROGRAMS.put(expression, program);
            return program;
        } catch (CelValidationException | CelEvaluationException wrong) {
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
