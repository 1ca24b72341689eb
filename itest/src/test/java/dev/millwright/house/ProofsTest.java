package dev.millwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import dev.millwright.plugin.Secret;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.Mac;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How secrets, tokens and signatures are compared.
@Tag("house")
final class ProofsTest {
    /// Whoever checks a proof compares it in a time that tells nothing about what would be right.
    @Test
    @Tag("S02")
    void whoeverChecksAProofComparesNothingByEquals() {
        var checking =
                ArchitectureTest.CLASSES.stream()
                        .filter(type ->
                                calls(type, MessageDigest.class, "isEqual").findAny().isPresent()
                                        || calls(type, Mac.class, "doFinal").findAny().isPresent())
                        .toList();

        assertThat(checking)
                .extracting(JavaClass::getSimpleName)
                .contains("AccessKeys", "HookProof", "Secret");
        assertThat(
                        checking.stream()
                                .flatMap(type ->
                                        Stream.of(String.class, Arrays.class, Objects.class)
                                                .flatMap(by -> calls(type, by, "equals")))
                                .map(JavaMethodCall::getDescription))
                .isEmpty();
        assertThat(
                        ArchitectureTest.CLASSES.stream()
                                .flatMap(type -> calls(type, Secret.class, "equals"))
                                .map(JavaMethodCall::getDescription))
                .isEmpty();
    }

    private static Stream<JavaMethodCall> calls(JavaClass from, Class<?> target, String method) {
        return from.getMethodCallsFromSelf().stream()
                .filter(call -> call.getTargetOwner().isEquivalentTo(target))
                .filter(call -> call.getName().equals(method));
    }
}
