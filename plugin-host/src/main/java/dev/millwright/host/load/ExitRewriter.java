package dev.millwright.host.load;

import dev.millwright.plugin.ExitGuard;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns calls that would end the whole program, or keep a plugin in memory for ever, into calls of
/// [ExitGuard]. Called from any thread.
final class ExitRewriter {
    private static final ClassDesc GUARD = ClassDesc.of(ExitGuard.class.getName());
    private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");
    private static final ClassDesc THREAD = ClassDesc.of("java.lang.Thread");
    private static final MethodTypeDesc STATUS =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
    private static final MethodTypeDesc RUNTIME_STATUS =
            MethodTypeDesc.of(ConstantDescs.CD_void, RUNTIME, ConstantDescs.CD_int);

    private record Target(String name, MethodTypeDesc type) {}

    /// What stands in place of a method, by `OWNER.NAME`.
    private static final Map<String, Target> REPLACED =
            Map.of(
                    "java/lang/System.exit",
                    new Target("exit", STATUS),
                    "java/lang/Runtime.exit",
                    new Target("exit", RUNTIME_STATUS),
                    "java/lang/Runtime.halt",
                    new Target("exit", RUNTIME_STATUS),
                    "java/lang/Runtime.addShutdownHook",
                    new Target(
                            "addShutdownHook",
                            MethodTypeDesc.of(ConstantDescs.CD_void, RUNTIME, THREAD)),
                    "java/lang/Runtime.removeShutdownHook",
                    new Target(
                            "removeShutdownHook",
                            MethodTypeDesc.of(ConstantDescs.CD_boolean, RUNTIME, THREAD)));

    private static final List<String> WORDS = List.of("exit", "halt", "ShutdownHook");
    private static final List<String> OWNERS = List.of("java/lang/System", "java/lang/Runtime");

    private final ClassFile classes;

    ExitRewriter(ClassLoader loader) {
        this.classes =
                ClassFile.of(
                        ClassFile.ClassHierarchyResolverOption.of(
                                ClassHierarchyResolver.ofResourceParsing(loader)
                                        .orElse(ClassHierarchyResolver.defaultResolver())));
    }

    /// The same bytes for nearly every class.
    byte[] rewrite(byte[] original) {
        // Of all ways to look for words in bytes the JDK's for such texts is by far the quickest
        String text = new String(original, StandardCharsets.ISO_8859_1);
        if (!mentions(text, OWNERS) || !mentions(text, WORDS)) {
            return original;
        }
        return classes.transformClass(
                classes.parse(original),
                ClassTransform.transformingMethodBodies(ExitRewriter::rewrite));
    }

    private static void rewrite(CodeBuilder code, CodeElement element) {
        switch (element) {
            case InvokeInstruction call ->
                    replacement(call.owner().asInternalName(), call.name().stringValue())
                            .ifPresentOrElse(
                                    target ->
                                            code.invokestatic(GUARD, target.name(), target.type()),
                                    () -> code.with(call));
            case InvokeDynamicInstruction lambda -> rewrite(code, lambda);
            default -> code.with(element);
        }
    }

    private static void rewrite(CodeBuilder code, InvokeDynamicInstruction lambda) {
        ConstantDesc[] arguments = lambda.bootstrapArgs().toArray(ConstantDesc[]::new);
        ConstantDesc[] replaced =
                Arrays.stream(arguments).map(ExitRewriter::replaced).toArray(ConstantDesc[]::new);
        if (Arrays.equals(arguments, replaced)) {
            code.with(lambda);
        } else {
            code.invokedynamic(
                    DynamicCallSiteDesc.of(
                            lambda.bootstrapMethod(),
                            lambda.name().stringValue(),
                            lambda.typeSymbol(),
                            replaced));
        }
    }

    private static ConstantDesc replaced(ConstantDesc argument) {
        if (argument instanceof DirectMethodHandleDesc handle) {
            String owner = handle.owner().descriptorString();
            Optional<Target> target =
                    replacement(owner.substring(1, owner.length() - 1), handle.methodName());
            if (target.isPresent()) {
                return MethodHandleDesc.ofMethod(
                        DirectMethodHandleDesc.Kind.STATIC,
                        GUARD,
                        target.get().name(),
                        target.get().type());
            }
        }
        return argument;
    }

    private static Optional<Target> replacement(String owner, String name) {
        return Optional.ofNullable(REPLACED.get(owner + "." + name));
    }

    private static boolean mentions(String text, List<String> words) {
        return words.stream().anyMatch(text::contains);
    }
}
