package dev.millwright.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LintTest {
    private static List<String> lint(String text) {
        return PipelineReader.create().lint("ci.yaml", text, Includes.NONE).stream()
                .map(Problem::line)
                .toList();
    }

    @Test
    void aResourceIsOneProblemThatSaysWhereItBelongs() {
        assertThat(lint("kind: Pipeline\nmetadata: {name: web}\nspec: {steps: []}\n---\nkind: x\n"))
                .containsExactly(
                        "ci.yaml:1:1: this is a resource of kind 'Pipeline' and no pipeline file;"
                                + " give it to a server: millwright apply -f ci.yaml");
    }

    @Test
    void aValueThatHoldsAColonIsToldToBeQuoted() {
        assertThat(lint("steps:\n  - commands: echo \"a: b\"\n  - commands: echo key: value\n"))
                .singleElement()
                .asString()
                .contains("mapping values are not allowed here")
                .endsWith("; put quotes around all of a value that holds ': '");
    }

    @Test
    void aQuoteThatIsNotClosedIsToldWhereItIsOpened() {
        assertThat(lint("steps: [{name: a, commands: [\"make}]\n"))
                .singleElement()
                .asString()
                .startsWith("ci.yaml:1:30: not valid YAML: ");
    }

    @Test
    void aCircleOfIncludesIsNamedAsAWhole() {
        Map<String, String> files =
                Map.of(
                        "ci/a.yaml", "- include: ci/b.yaml",
                        "ci/b.yaml", "- include: ci/c.yaml",
                        "ci/c.yaml", "- include: ci/b.yaml");
        Includes includes = path -> Optional.ofNullable(files.get(path));

        assertThat(PipelineReader.create().lint("ci.yaml", "steps: [include: ci/a.yaml]", includes))
                .singleElement()
                .extracting(Problem::message)
                .isEqualTo("'ci/b.yaml' includes itself: ci/b.yaml -> ci/c.yaml -> ci/b.yaml");
    }

    @Test
    void aListOfStepsIsCheckedAsAnIncludedFile() {
        PipelineReader reader = PipelineReader.create();

        assertThat(
                        reader.lintIncluded(
                                "ci/a.yaml",
                                "- name: a\n  commands: ['make ${inputs.target}']\n",
                                Includes.NONE))
                .isEmpty();
        assertThat(reader.lintIncluded("ci/a.yaml", "- {name: a, comands: [x]}", Includes.NONE))
                .extracting(Problem::line)
                .first()
                .isEqualTo("ci/a.yaml:1:13: unknown key 'comands'; did you mean 'commands'?");
        assertThat(reader.lintIncluded("ci.yaml", "steps: 1", Includes.NONE)).isNotEmpty();
    }
}
