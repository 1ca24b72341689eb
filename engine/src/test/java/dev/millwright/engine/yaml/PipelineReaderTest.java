package dev.millwright.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.Pipelines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PipelineReaderTest {
    @Test
    void tellsAllProblemsOfAFileAtOnceEachAtItsPlace() {
        assertThat(
                        Pipelines.problems(
                                """
                                steps:
                                  - name: build
                                    comands: [make]
                                  - commands: [make]
                                    timeout: 10 mins
                                    failure: ignored
                                  - wait: 5s
                                    commands: [x]
                                """))
                .containsExactly(
                        "ci.yaml:3:5: unknown key 'comands'; did you mean 'commands'?",
                        "ci.yaml:5:14: '10 mins' is not a duration, as 'timeout' wants; write it"
                                + " like 30s, 10m or 1h30m",
                        "ci.yaml:6:14: 'ignored' is not a value of 'failure'; did you mean"
                                + " 'ignore'?",
                        "ci.yaml:7:5: a step does one thing, and this one has both 'commands' and"
                                + " 'wait'; make two steps of it");
    }

    @Test
    void namesKeysThatStandTwice() {
        assertThat(Pipelines.problems("steps:\n  - commands: [a]\n    commands: [b]\n"))
                .containsExactly(
                        "ci.yaml:3:5: the key 'commands' stands here twice; keep one of them");
    }

    @Test
    void tellsWhereYamlItselfIsBroken() {
        assertThat(Pipelines.problems("steps:\n\t- commands: [a]\n"))
                .singleElement()
                .asString()
                .startsWith("ci.yaml:2:1: not valid YAML")
                .contains("tabs");
    }

    @Test
    void refusesAnEmptyGroupAndAPipelineWithoutSteps() {
        assertThat(Pipelines.problems("steps:\n  - sequence: []\n"))
                .containsExactly(
                        "ci.yaml:2:15: 'sequence' has no steps; add one, or remove the group");
        assertThat(Pipelines.problems("name: x\n")).first().asString().contains("no steps");
        assertThat(Pipelines.problems("")).first().asString().contains("the file is empty");
    }

    @Test
    void refusesUnknownEventsAndWrongExpressions() {
        assertThat(
                        Pipelines.problems(
                                """
                                when: {event: pusch}
                                steps:
                                  - when: {expression: "branch == "}
                                    commands: [a]
                                """))
                .hasSize(2)
                .anySatisfy(p -> assertThat(p).contains("did you mean 'push'?"))
                .anySatisfy(p -> assertThat(p).startsWith("ci.yaml:3:12: the expression is wrong"));
    }

    @Test
    void saysThatSecretsAreNotThere() {
        assertThat(
                        Pipelines.problems(
                                "steps:\n  - commands: [a]\n    environment: {T: {from_secret: x}}\n"))
                .singleElement()
                .asString()
                .contains("has no secrets");
    }

    @Test
    void includesStepsOfAnotherFileOfTheRepository() {
        Map<String, String> files =
                Map.of(
                        "ci/checks.yaml", "- commands: [one]\n- include: ci/more.yaml\n",
                        "ci/more.yaml", "steps:\n  - commands: [two]\n");
        ReadResult result =
                PipelineReader.create()
                        .read(
                                "ci.yaml",
                                "steps:\n  - include: ci/checks.yaml\n  - commands: [three]\n",
                                path -> Optional.ofNullable(files.get(path)));
        StepDefinition root = ((ReadResult.Read) result).definition().root();
        List<StepDefinition> steps = ((StepDefinition.InOrder) root.body()).steps();
        assertThat(steps).extracting(step -> step.options().name()).containsExactly("one", "two", "three");
    }

    @Test
    void refusesIncludesThatLeaveTheRepositoryOrIncludeThemselves() {
        Map<String, String> files = Map.of("a.yaml", "- include: a.yaml\n");
        ReadResult result =
                PipelineReader.create()
                        .read(
                                "ci.yaml",
                                "steps:\n  - include: ../x\n  - include: a.yaml\n  - include: b.yaml\n",
                                path -> Optional.ofNullable(files.get(path)));
        assertThat(((ReadResult.Invalid) result).problems())
                .extracting(Problem::render)
                .containsExactly(
                        "ci.yaml:2:5: '../x' leaves the repository; name a path below its root",
                        "ci.yaml:4:5: there is no file 'b.yaml' to include; paths start at the"
                                + " repository's root",
                        "a.yaml:1:3: 'a.yaml' includes itself");
    }

    @Test
    void readsEveryKeyItKnows() {
        assertThat(Pipelines.read(Pipelines.resource("everything.yaml")))
                .isInstanceOf(ReadResult.Read.class);
    }
}
