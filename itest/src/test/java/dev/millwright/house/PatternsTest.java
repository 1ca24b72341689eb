package dev.millwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Which regular expressions the JDK's engine is given, which can be made to take for ever.
@Tag("house")
final class PatternsTest {
    /// Constants all the same; the last one only looks whether an expression is well-formed.
    private static final Set<String> KNOWN = Set.of("StepPath", "OfferedPlugin", "BassNode");

    @Test
    @Tag("S34")
    void onlyConstantsAreCompiledForIt() {
        var compiling =
                ArchitectureTest.CLASSES.stream()
                        .flatMap(type -> type.getMethodCallsFromSelf().stream())
                        .filter(call -> call.getTargetOwner().isEquivalentTo(Pattern.class))
                        .filter(call -> call.getName().equals("compile"))
                        .toList();

        assertThat(compiling).hasSizeGreaterThan(50);
        assertThat(
                        compiling.stream()
                                .filter(call -> !call.getOrigin().getName().equals("<clinit>"))
                                .filter(call ->
                                        !KNOWN.contains(call.getOriginOwner().getSimpleName()))
                                .map(JavaMethodCall::getDescription))
                .as("expressions that users write are for RE2/J")
                .isEmpty();
    }
}
