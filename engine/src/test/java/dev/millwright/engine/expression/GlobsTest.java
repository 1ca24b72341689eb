package dev.millwright.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.CpuTime;
import dev.millwright.model.Globs;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    main        | main        | true
                    main        | main2       | false
                    release/*   | release/1   | true
                    release/*   | release/1/2 | false
                    release/**  | release/1/2 | true
                    **          | a/b/c       | true
                    *           | a/b         | false
                    *           | ''          | true
                    src/**      | src/a/B.java | true
                    src/**      | src         | false
                    **/*.md     | README.md   | true
                    **/*.md     | docs/a/b.md | true
                    **/*.md     | docs/a.mdx  | false
                    **/test/**  | test/A.java | true
                    **/test/**  | a/test/b/C  | true
                    **/test/**  | a/testing/C | false
                    a/**/b      | a/b         | true
                    a/**/b      | a/x/y/b     | true
                    a/**/b      | a/xb        | false
                    *.{java,kt} | A.kt        | true
                    *.{java,kt} | A.js        | false
                    {a,b{c,d}}  | bd          | true
                    {a,b{c,d}}  | b           | false
                    v[0-9].?    | v1.x        | true
                    v[0-9].?    | vx.1        | false
                    [!a]b       | cb          | true
                    [!a]b       | ab          | false
                    a?c         | a/c         | false
                    \\*          | *           | true
                    \\*          | x           | false
                    [a          | [a          | true
                    {a          | {a          | true
                    a}          | a}          | true
                    """)
    void matchesAsPeopleExpect(String pattern, String name, boolean matches) {
        assertThat(Globs.matches(pattern, name)).isEqualTo(matches);
    }

    @Test
    @Tag("S34")
    void noPatternTakesLong() {
        String name = "a".repeat(2_000);
        Duration spent =
                CpuTime.of(() -> {
                    assertThat(Globs.matches("*a".repeat(50) + "b", name)).isFalse();
                    assertThat(Globs.matches("**".repeat(50) + "b", name)).isFalse();
                    assertThat(Globs.matches("{a,b}".repeat(100), name)).isFalse();
                    assertThat(Globs.matches("{".repeat(500) + "}".repeat(500), name)).isFalse();
                });
        assertThat(spent).isLessThan(Duration.ofSeconds(2));
    }
}
