package dev.millwright.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.Pipelines;
import dev.millwright.model.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                    secrets: [a]    | secrets are not available yet
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
    void refusesStepsThatDoNothingOrCarryKeysThatDoNotBelongThere() {
        assertThat(
                        Pipelines.problems(
                                """
                                steps:
                                  - name: idle
                                  - commands: a
                                    maxInFlight: 2
                                  - wait: 1s
                                    image: x
                                  - sequence: [{commands: a}]
                                    outputs: {v: v.txt}
                                  - nodes: web
                                """))
                .containsExactly(
                        "ci.yaml:2:5: the step does nothing; give it one of commands, exec,"
                                + " sequence, parallel, approve, wait or include",
                        "ci.yaml:4:5: 'maxInFlight' says nothing in a step with 'commands'; it"
                                + " goes with parallel or matrix",
                        "ci.yaml:6:5: 'image' says nothing in a step with 'wait'; it goes with"
                                + " commands or exec",
                        "ci.yaml:8:5: 'outputs' says nothing in a step with 'sequence'; it goes"
                                + " with commands or exec or image",
                        "ci.yaml:9:5: 'nodes' has nothing to do there; write 'tasks: [...]'");
    }

    @Test
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
    void needsThatCannotBeReadAreTold() {
        assertThat(
                        Pipelines.problems(
                                """
                                steps:
                                  - commands: [a]
                                    needs: [docker, memory >= 16Gi, "os is linux"]
                                """))
                .containsExactly(
                        "ci.yaml:3:37: 'os is linux' is no need; write NAME, NAME=VALUE or NAME >="
                                + " VALUE");
    }

    @Test
    void saysThatSecretsAreNotThereYet() {
        assertThat(
                        Pipelines.problems(
                                "steps:\n  - commands: [a]\n    environment: {T: {from_secret: x}}\n"))
                .containsExactly(
                        "ci.yaml:3:23: 'T' wants a secret, and secrets are not available yet;"
                                + " pass the value as an input, or keep it on the node");
    }

    @Test
    void refusesDirectoriesThatLeaveTheWorkspace() {
        assertThat(Pipelines.problems("steps:\n  - {commands: a, directory: a/../../b}\n"))
                .containsExactly(
                        "ci.yaml:2:30: 'a/../../b' leaves the workspace; count it from the root"
                                + " of the workspace");
    }

    @Test
    void refusesAMatrixThatIsEmptyOrLargerThanAPlan() {
        String many = "[" + "1, ".repeat(200) + "1]";
        assertThat(
                        Pipelines.problems(
                                "steps:\n  - {commands: a, matrix: {}}\n  - {commands: a, matrix: {a: %s, b: %s}}\n"
                                        .formatted(many, many)))
                .containsExactly(
                        "ci.yaml:2:27: the matrix is empty; name a list of values: {jdk: [21, 25]}",
                        "ci.yaml:3:27: the matrix has 40,401 cells, and a plan has 10,000 steps at"
                                + " most; shrink it");
    }

    @Test
    void refusesIncludesThatLeaveTheRepositoryOrIncludeThemselves() {
        Map<String, String> files =
                Map.of("a.yaml", "- include: ./a.yaml\n", "c.yaml", "- comands: x\n");
        String text =
                """
                steps:
                  - include: ../x
                  - include: a.yaml
                  - include: b.yaml
                  - include: c.yaml
                """;
        assertThat(
                        PipelineReader.create()
                                .lint(
                                        "ci.yaml",
                                        text,
                                        path -> Optional.ofNullable(files.get(path))))
                .extracting(Problem::line)
                .containsExactly(
                        "ci.yaml:2:14: 'include' has to be a path inside the repository, not"
                                + " '../x'",
                        "ci.yaml:4:14: there is no file 'b.yaml' to include; paths start at the"
                                + " repository's root",
                        "a.yaml:1:12: './a.yaml' includes itself",
                        "c.yaml:1:3: unknown key 'comands'; did you mean 'commands'?");
    }

    @Test
    void refusesIncludesThatGoTooDeepOrAreTooMany() {
        Includes deeper = path -> Optional.of("- include: %sx\n".formatted(path));
        Includes wider =
                path ->
                        Optional.of(
                                ("- include: %s0\n- include: %s1\n".formatted(path, path))
                                                .repeat(path.length() < 9 ? 1 : 0)
                                        + "- commands: a\n");
        assertThat(lint("steps: [{include: x}]", deeper))
                .singleElement()
                .asString()
                .contains("more than 10 files include one another");
        assertThat(lint("steps: [{include: x}]", wider))
                .first()
                .asString()
                .contains("more than 200 files are included");
    }

    private static List<String> lint(String text, Includes includes) {
        return PipelineReader.create().lint("ci.yaml", text, includes).stream()
                .map(Problem::line)
                .toList();
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
