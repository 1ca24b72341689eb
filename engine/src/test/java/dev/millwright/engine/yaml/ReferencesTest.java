package dev.millwright.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.Pipelines;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Conditions, and what refers to other parts of the pipeline.
class ReferencesTest {
    @Test
    @Tag("S34")
    void refusesUnknownEventsWrongExpressionsAndWrongRegexes() {
        assertThat(
                        Pipelines.problems(
                                """
                                when: {event: pusch}
                                steps:
                                  - when: {expression: "brnch == 'main'"}
                                    commands: [a]
                                    outputs: {v: {file: a, regex: '(a)\\1'}}
                                """))
                .containsExactly(
                        "ci.yaml:1:15: 'pusch' is not a value of 'event'; did you mean 'push'?",
                        "ci.yaml:3:24: the expression is wrong: at character 1: undeclared"
                                + " reference to 'brnch'",
                        "ci.yaml:5:35: the regular expression is wrong: invalid escape sequence;"
                                + " write it for RE2, which has no look-around and no back"
                                + " references");
    }

    @Test
    void conditionsThatReferToNothingOrGiveNoAnswerAreTold() {
        assertThat(
                        Pipelines.problems(
                                """
                                inputs: {target: {type: string, default: a}}
                                steps:
                                  - {name: build, commands: [a]}
                                  - when: {expression: "steps.biuld.outcome == 'success'"}
                                    commands: [a]
                                  - when: {expression: "[1].exists(i, inputs['taget'] == 'a')"}
                                    commands: [a]
                                  - when: {expression: "1 + 2"}
                                    commands: [a]
                                  - when: {expression: "has(steps.later) && steps.build.outcome == 'success'"}
                                    commands: [a]
                                """))
                .containsExactly(
                        "ci.yaml:4:24: steps.biuld refers to nothing: there is no step 'biuld';"
                                + " did you mean 'build'?",
                        "ci.yaml:6:24: inputs.taget refers to nothing: there is no input 'taget';"
                                + " did you mean 'target'?",
                        "ci.yaml:8:24: the expression is wrong: it gives a value of type int, not"
                                + " true or false");
    }

    @Test
    void checksReferencesInEveryPlaceThatMayHoldThem() {
        assertThat(
                        Pipelines.problems(
                                """
                                inputs: {target: x}
                                concurrency: "${steps.build.outputs.v}"
                                steps:
                                  - name: build ${matrix.os}
                                    exec: [echo, "${matrix.jdk}", "${HOME}", "$${maven.x}"]
                                    matrix: {os: [linux]}
                                  - exec: ["${input.target}", "${project.version}"]
                                    directory: ${steps.buidl.outputs.dir}
                                    environment: {A: "${{ inputs.target }}", B: "${env.A}"}
                                  - commands: echo ${foo.bar} ${{ github.head_ref }}
                                """))
                .containsExactly(
                        "ci.yaml:2:14: ${steps.build.outputs.v} is not known before the run"
                                + " starts; use inputs or matrix values here",
                        "ci.yaml:5:18: ${matrix.jdk} refers to nothing: there is no matrix value"
                                + " 'jdk'",
                        "ci.yaml:7:12: ${input.target} refers to nothing: references begin with"
                                + " inputs, matrix, steps or env; did you mean 'inputs'?",
                        "ci.yaml:7:31: ${project.version} refers to nothing: references begin with"
                                + " inputs, matrix, steps or env; write $${project.version} when"
                                + " it is meant for the program",
                        "ci.yaml:8:16: ${steps.buidl.outputs.dir} refers to nothing: there is no"
                                + " step 'buidl'",
                        "ci.yaml:9:22: ${{ inputs.target } refers to nothing: references begin"
                                + " with inputs, matrix, steps or env; write ${inputs.NAME} with"
                                + " one brace");
    }
}
