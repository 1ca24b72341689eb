package dev.millwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("house")
final class SourceFilesTest {
    private static final int MOST_LINES = 500;
    private static final Pattern MERGE_MARKER = Pattern.compile("^(<{7}|={7}|>{7})( .*)?$");
    private static final Pattern TODO = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
    private static final Pattern TODO_WITH_ISSUE = Pattern.compile("\\b(TODO|FIXME) ?\\(?#\\d+");

    @Test
    void noJavaFileIsLongerThanFiveHundredLines() {
        var tooLong =
                javaFiles().stream()
                        .filter(file -> SourceTree.linesOf(file).size() > MOST_LINES)
                        .map(SourceFilesTest::shown)
                        .toList();

        assertThat(tooLong).as("look for a second job inside").isEmpty();
    }

    @Test
    void noMergeMarkerIsLeft() {
        assertThat(linesWhere((_, line) -> MERGE_MARKER.matcher(line).matches())).isEmpty();
    }

    @Test
    void everyTodoNamesAnIssue() {
        assertThat(
                        linesWhere((file, line) ->
                                !file.endsWith("SourceFilesTest.java")
                                        && TODO.matcher(line).find()
                                        && !TODO_WITH_ISSUE.matcher(line).find()))
                .isEmpty();
    }

    private static List<Path> javaFiles() {
        var files = SourceTree.filesEndingWith(".java");
        assertThat(files).as("a check that looks at nothing").hasSizeGreaterThan(10);
        return files;
    }

    private static List<String> linesWhere(BiPredicate<Path, String> matches) {
        var found = new ArrayList<String>();
        for (var file : javaFiles()) {
            var number = 0;
            for (var line : SourceTree.linesOf(file)) {
                number++;
                if (matches.test(file, line)) {
                    found.add(shown(file) + ":" + number + ": " + line.strip());
                }
            }
        }
        return found;
    }

    private static String shown(Path file) {
        return SourceTree.root().relativize(file).toString();
    }
}
