package dev.millwright.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.Pipelines;
import dev.millwright.model.Parameters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is told of a whole file, and how.
class PipelineReaderTest {
    @Test
    void tellsAllProblemsOfAFileAtOnceEachAtItsPlace() {
        assertThat(
                        Pipelines.problems(
                                """
                                inputs:
                                  target: {type: enum, values: [staging, prod], default: stage}
                                steps:
                                  - name: build
                                    comands: [make]
                                  - commands: [make]
                                    timeout: 10 mins
                                    failure: ignored
                                  - wait: 5s
                                    commands: [x]
                                  - sequence: []
                                  - commands: echo
                                    environment: {A: "${inputs.tagret}"}
                                    retry: {attemps: 3}
                                """))
                .containsExactly(
                        "ci.yaml:2:58: input 'target' is one of staging, prod, not 'stage'",
                        "ci.yaml:5:5: unknown key 'comands'; did you mean 'commands'?",
                        "ci.yaml:7:14: 'timeout' has to be a duration, not '10 mins'; write 10m",
                        "ci.yaml:8:14: 'ignored' is not a value of 'failure'; did you mean"
                                + " 'ignore'?",
                        "ci.yaml:10:5: a step does one thing, and this one has both 'wait' and"
                                + " 'commands'; make two steps of it",
                        "ci.yaml:11:15: 'sequence' is empty; give it an element, or remove it",
                        "ci.yaml:13:22: ${inputs.tagret} refers to nothing: there is no input"
                                + " 'tagret'; did you mean 'target'?",
                        "ci.yaml:14:13: unknown key 'attemps'; did you mean 'attempts'?");
    }

    @Test
    void showsTheLineAndMarksTheOffendingText() {
        String text = "steps:\n  - comands: [make]\n";
        assertThat(PipelineReader.create().lint("ci.yaml", text, Includes.NONE))
                .singleElement()
                .extracting(Problem::render)
                .isEqualTo(
                        """
                        ci.yaml:2:5: unknown key 'comands'; did you mean 'commands'?
                              - comands: [make]
                                ^^^^^^^\
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    depends_on: [a] | it is not supported; nest steps with sequence and parallel
                    run: make       | it is called 'commands' here
                    timeout-minutes: 5 | it is called 'timeout' here: 10m
                    continue-on-error: true | use 'failure: ignore'
                    secrets: [a]    | write 'environment: {NAME: {from_secret: STORE/PATH}}'
                    enviroment: {}  | did you mean 'environment'?
                    """)
    void saysWhatAForeignKeyIsCalledHere(String key, String advice) {
        assertThat(Pipelines.problems("steps:\n  - commands: a\n    " + key + "\n"))
                .singleElement()
                .asString()
                .startsWith("ci.yaml:3:5: unknown key '")
                .endsWith("; " + advice);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    10 mins | write 10m
                    90 sec  | write 90s
                    5 Hours | write 5h
                    30      | write 30s, 30m or 30h
                    1w      | write it like 30s, 10m or 1h30m
                    9999d   | no duration may be longer than 3650d
                    """)
    void suggestsDurations(String written, String suggestion) {
        assertThat(Pipelines.problems("steps:\n  - {commands: a, timeout: " + written + "}\n"))
                .containsExactly(
                        "ci.yaml:2:28: 'timeout' has to be a duration, not '%s'; %s"
                                .formatted(written, suggestion));
    }

    @Test
    void namesKeysThatStandTwiceWhereTheyStandAgain() {
        assertThat(
                        Pipelines.problems(
                                "steps:\n  - commands: [a]\n    commands: [b]\n    tmeout: 1s\n"))
                .containsExactly(
                        "ci.yaml:3:5: the key 'commands' stands here twice; keep one of them",
                        "ci.yaml:4:5: unknown key 'tmeout'; did you mean 'timeout'?");
    }

    @Test
    void tellsWhereYamlItselfIsBroken() {
        assertThat(Pipelines.problems("steps:\n\t- commands: [a]\n"))
                .singleElement()
                .asString()
                .startsWith("ci.yaml:2:1: not valid YAML")
                .endsWith("YAML does not allow tabs for indentation; use spaces");
        assertThat(Pipelines.problems("steps:\n  - commands: [a\n  - b: }\n"))
                .singleElement()
                .asString()
                .startsWith("ci.yaml:3:");
    }

    @Test
    void refusesAPipelineWithoutSteps() {
        assertThat(Pipelines.problems("name: x\n"))
                .containsExactly(
                        "ci.yaml:1:1: a pipeline needs the key 'steps'; write 'steps:"
                                + " [{commands: make}]'");
        assertThat(Pipelines.problems("")).first().asString().contains("the file is empty");
        assertThat(Pipelines.problems("a: b\n---\nc: d\n"))
                .first()
                .asString()
                .contains("several documents");
        assertThat(Pipelines.problems("- commands: a\n"))
                .containsExactly(
                        "ci.yaml:1:1: a pipeline is a map, not a list; write 'steps:' and a list"
                                + " of steps");
    }

    @Test
    void pointsIntoTheResourceWhenStepsStandInline() {
        Parameters spec =
                new Parameters(
                        Map.of(
                                "steps",
                                List.of(
                                        Map.of("commands", "a", "environment", Map.of("A", 1L)),
                                        Map.of("comands", "b"))));
        ReadResult result = PipelineReader.create().read("Pipeline default/web", spec);
        assertThat(((ReadResult.Invalid) result).problems())
                .extracting(Problem::line)
                .containsExactly(
                        "Pipeline default/web#/steps/1/comands: unknown key 'comands'; did you"
                                + " mean 'commands'?");
    }

    @Test
    void priorityIsANumberAroundZero() {
        assertThat(Pipelines.plan("priority: -20\nsteps: [{commands: a}]").head().priority())
                .isEqualTo(-20);
        assertThat(Pipelines.plan("steps: [{commands: a}]").head().priority()).isZero();
        assertThat(Pipelines.problems("priority: 101\nsteps: [{commands: a}]"))
                .singleElement()
                .asString()
                .contains("'priority' has to be a whole number from -100 to 100, not '101'");
        assertThat(Pipelines.problems("priority: high\nsteps: [{commands: a}]")).hasSize(1);
    }
}
