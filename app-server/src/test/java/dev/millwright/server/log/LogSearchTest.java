package dev.millwright.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.MillwrightException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LogSearchTest {
    @Test
    @Tag("S34")
    @Timeout(20)
    void anExpressionThatIsMadeToHurtIsDoneInTime() {
        String line = "a".repeat(100_000);
        assertThat(LogSearch.expression("(a+)+$").toPredicate()).accepts(line).rejects(line + "!");
    }

    @Test
    @Tag("S34")
    void whatNeedsMoreThanOnePassIsRefused() {
        assertThatThrownBy(() -> LogSearch.expression("(a)\\1"))
                .isInstanceOf(MillwrightException.class)
                .hasMessageContaining("is not an expression");
        assertThatThrownBy(() -> LogSearch.expression("a(?=b)"))
                .isInstanceOf(MillwrightException.class);
    }
}
