package dev.millwright.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.engine.yaml.YamlDocuments.Document;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class YamlDocumentsTest {
    @Test
    void readsSeveralDocumentsAndKnowsWhereEachValueStands() {
        List<Document> documents =
                YamlDocuments.read(
                        "r.yaml", "kind: A\n---\n---\nkind: B\nspec:\n  a/b: [1, {c: d}]\n");
        assertThat(documents).hasSize(2);
        Document second = documents.getLast();
        assertThat(second.values().values())
                .isEqualTo(
                        Map.of("kind", "B", "spec", Map.of("a/b", List.of(1L, Map.of("c", "d")))));
        assertThat(second.markOf("/spec/a~1b/1/c")).isEqualTo(new Mark("r.yaml", 6, 13));
        assertThat(second.markOf("/spec/missing/deep")).isEqualTo(new Mark("r.yaml", 5, 1));
        assertThat(second.markOf("")).isEqualTo(new Mark("r.yaml", 4, 1));
    }

    @Test
    void keepsNumbersThatWouldChangeAsText() {
        assertThat(
                        YamlDocuments.read(
                                        "r.yaml", "a: 1.10\nb: 1.5\nc: 007\nd: 12\ne: true\nf:\n")
                                .getFirst()
                                .values()
                                .values())
                .isEqualTo(Map.of("a", "1.10", "b", 1.5, "c", "007", "d", 12L, "e", true, "f", ""));
    }

    @Test
    void throwsWithAllProblems() {
        assertThatThrownBy(() -> YamlDocuments.read("r.yaml", "a: 1\na: 2\nb: !x 3\n---\n- c\n"))
                .isInstanceOf(YamlException.class)
                .hasMessageContaining("r.yaml:2:1: the key 'a' stands here twice")
                .hasMessageContaining("r.yaml:3:4: the tag '!x' is not allowed")
                .hasMessageContaining("r.yaml:5:1: a document is a map, not a list");
    }
}
