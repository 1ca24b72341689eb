package dev.millwright.engine.expression;

import dev.cel.common.CelOptions;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Compiler and runtime of the expression language, with bounds on time and memory. It is big, so
/// it is loaded only when there is an expression.
final class CelMachinery {
    /// Characters of a text, or elements of a list, that an expression may put together.
    private static final int LONGEST_RESULT = 1 << 20;

    private static final MapType VALUES = MapType.create(SimpleType.STRING, SimpleType.DYN);
    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .maxExpressionCodePointSize(Expressions.LONGEST)
                    .maxParseRecursionDepth(60)
                    .comprehensionMaxIterations(10_000)
                    .build();

    /// Functions that cannot make much out of little.
    private static final CelStringExtensions STRINGS =
            CelExtensions.strings(
                    CelStringExtensions.Function.CHAR_AT,
                    CelStringExtensions.Function.INDEX_OF,
                    CelStringExtensions.Function.LAST_INDEX_OF,
                    CelStringExtensions.Function.LOWER_ASCII,
                    CelStringExtensions.Function.SPLIT,
                    CelStringExtensions.Function.SUBSTRING,
                    CelStringExtensions.Function.TRIM,
                    CelStringExtensions.Function.UPPER_ASCII);

    /// `[s].map(x, x + x).map(x, x + x)...` doubles and doubles: these are bounded below.
    private static final Set<String> UNBOUNDED = Set.of("ADD_STRING", "ADD_LIST", "ADD_BYTES");

    static final CelCompiler COMPILER =
            CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(OPTIONS)
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .addLibraries(STRINGS)
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
            CelRuntimeFactory.legacyCelRuntimeBuilder()
                    .setOptions(OPTIONS)
                    .setStandardEnvironmentEnabled(false)
                    .setStandardFunctions(
                            CelStandardFunctions.newBuilder()
                                    .filterFunctions((function, overload) ->
                                            !UNBOUNDED.contains(overload.toString()))
                                    .build())
                    .addFunctionBindings(
                            CelFunctionBinding.from(
                                    "add_string", String.class, String.class, CelMachinery::join),
                            CelFunctionBinding.from(
                                    "add_list", List.class, List.class, CelMachinery::joinLists))
                    .addLibraries(STRINGS)
                    .build();

    private CelMachinery() {}

    private static String join(String left, String right) {
        bound((long) left.length() + right.length());
        return left + right;
    }

    private static List<?> joinLists(List<?> left, List<?> right) {
        bound((long) left.size() + right.size());
        List<Object> all = new ArrayList<>(left);
        all.addAll(right);
        return all;
    }

    private static void bound(long size) {
        if (size > LONGEST_RESULT) {
            throw new ExpressionException("the expression makes too large a value", null);
        }
    }
}
