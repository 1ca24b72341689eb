package dev.millwright.github;

import static dev.millwright.github.Deliveries.commit;
import static dev.millwright.github.Deliveries.meaning;
import static dev.millwright.github.Deliveries.payload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.webhook.Interpretation;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PushTest {
    private static final String ZEROS = "0".repeat(40);
    private static final String BEFORE = "b".repeat(40);
    private static final String AFTER = "a".repeat(40);
    private static final String CHANGE =
            "'added': ['new.txt'], 'modified': ['src/A.java'], 'removed': []";

    private static String push(String ref, String more) {
        return payload(
                "'ref': '%s', 'before': '%s', 'after': '%s', %s"
                        .formatted(ref, BEFORE, AFTER, more));
    }

    private static String pushed(String message, String... commits) {
        return push(
                "refs/heads/main",
                "'commits': [%s], 'head_commit': %s"
                        .formatted(String.join(",", commits), commit(AFTER, message, CHANGE)));
    }

    private static RunRequest run(Interpretation meaning) {
        assertThat(meaning).isInstanceOf(Interpretation.Runs.class);
        return ((Interpretation.Runs) meaning).requests().getFirst();
    }

    @Test
    void aPushTellsEverythingThatARunWantsToKnow() {
        Interpretation meaning =
                meaning(
                        "push",
                        pushed(
                                "Mend the gate",
                                commit("1", "one", "'removed': ['old.txt'], 'added': ['new.txt']"),
                                commit(AFTER, "Mend the gate", CHANGE)),
                        Map.of());
        assertThat(meaning)
                .isEqualTo(
                        Interpretation.run(
                                RunRequest.of("push")
                                        .ref("refs/heads/main")
                                        .commit(AFTER)
                                        .previousCommit(BEFORE)
                                        .message("Mend the gate")
                                        .author("Mona", "mona@example.org")
                                        .sender("mona")
                                        .link("https://github.com/octo/web/commit/1")
                                        .changedFiles(List.of("new.txt", "old.txt", "src/A.java"))
                                        .oncePerCommit(true)
                                        .build()));
    }

    @Test
    void aTagWithAMessageOfItsOwnIsTheCommitThatItNames() {
        RunRequest run =
                run(
                        meaning(
                                "push",
                                push(
                                        "refs/tags/v1",
                                        "'commits': [], 'head_commit': "
                                                + commit("c".repeat(40), "Release", CHANGE)),
                                Map.of()));
        assertThat(run.event()).isEqualTo("tag");
        assertThat(run.ref()).isEqualTo("refs/tags/v1");
        assertThat(run.commit()).isEqualTo("c".repeat(40));
        assertThat(run.previousCommit()).isEmpty();
        assertThat(run.changedFiles()).isEmpty();
        assertThat(run.oncePerCommit()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "forced"})
    void whereGithubDoesNotTellAllFilesNoneAreToldAndNoneAreFiltered(String flag) {
        String one = commit("1", "one", CHANGE);
        String body = push("refs/heads/main", "'%s': true, 'commits': [%s]".formatted(flag, one));
        Map<String, Object> docs = Map.of("path", Map.of("include", List.of("docs/**")));
        assertThat(run(meaning("push", body, docs)).changedFiles()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"19, true", "20, false", "21, true", "2047, true", "2048, false"})
    void aListOfCommitsAsLongAsListsGetIsNotTrusted(int commits, boolean known) {
        String[] all =
                IntStream.range(0, commits)
                        .mapToObj(i -> "{'id': '%d', 'added': ['f%d']}".formatted(i, i))
                        .toArray(String[]::new);
        assertThat(run(meaning("push", pushed("many", all), Map.of())).changedFiles().isPresent())
                .isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "299, true", "300, false"})
    void aCommitWithoutFilesOrWithVeryManyIsNotTrusted(int files, boolean known) {
        String names =
                IntStream.range(0, files)
                        .mapToObj(i -> "'f" + i + "'")
                        .collect(Collectors.joining(","));
        String one = "{'id': '1', 'added': [%s]}".formatted(names);
        assertThat(run(meaning("push", pushed("files", one), Map.of())).changedFiles().isPresent())
                .isEqualTo(known);
    }

    @Test
    void theFirstPushOfABranchHasNoPreviousCommit() {
        String first =
                payload(
                        "'ref': 'refs/heads/new', 'before': '%s', 'after': '%s'"
                                .formatted(ZEROS, AFTER));
        assertThat(run(meaning("push", first, Map.of())).previousCommit()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    refs/heads/main      | 'deleted': true | the branch 'main' was deleted
                    refs/tags/v1         | 'deleted': true | the tag 'v1' was deleted
                    refs/notes/commits   | 'forced': false | 'refs/notes/commits' is neither a branch nor a tag
                    """)
    void whatCannotBeBuiltIsIgnored(String ref, String flag, String reason) {
        assertThat(meaning("push", push(ref, flag), Map.of()))
                .isEqualTo(new Interpretation.Ignored(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    refs/heads/main        | main            | true
                    refs/heads/release/1.2 | release/*       | true
                    refs/heads/release/1/2 | release/*       | false
                    refs/heads/release/1/2 | release/**      | true
                    refs/heads/maintenance | main            | false
                    refs/tags/main         | main            | false
                    """)
    void branchesAreFiltered(String ref, String branch, boolean runs) {
        Interpretation meaning =
                meaning("push", push(ref, "'commits': []"), Map.of("branch", branch, "tag", "v*"));
        assertThat(meaning instanceof Interpretation.Runs).isEqualTo(runs);
        if (meaning instanceof Interpretation.Ignored(String reason)) {
            assertThat(reason).contains("not " + (ref.contains("tags") ? "v*" : branch));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    src/A.java, README.md | src/**      |         | true
                    README.md             | src/**      |         | false
                    README.md             | **          | **/*.md | false
                    src/A.java, README.md | **          | **/*.md | true
                    README.md             |             | **/*.md | false
                    """)
    void changedFilesAreFiltered(String files, String include, String exclude, boolean runs) {
        Map<String, Object> path =
                Map.of(
                        "include", include == null ? List.of() : List.of(include),
                        "exclude", exclude == null ? List.of() : List.of(exclude));
        String added = "'added': ['%s']".formatted(files.replace(", ", "','"));
        Interpretation meaning =
                meaning("push", pushed("files", commit("1", "one", added)), Map.of("path", path));
        assertThat(meaning instanceof Interpretation.Runs).isEqualTo(runs);
        if (!runs) {
            assertThat(meaning)
                    .isEqualTo(
                            new Interpretation.Ignored(
                                    "no changed file matches the hook's filter of paths"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Fix [skip ci], true",
        "Fix [CI SKIP], true",
        "[no ci] Fix, true",
        "Fix skip ci, false",
        "Fix [skip], false"
    })
    void theMessageOfTheNewestCommitMayAskToSkip(String message, boolean skipped) {
        Interpretation meaning =
                meaning("push", pushed(message, commit("1", "[skip ci]", CHANGE)), Map.of());
        assertThat(meaning instanceof Interpretation.Ignored).isEqualTo(skipped);
    }
}
