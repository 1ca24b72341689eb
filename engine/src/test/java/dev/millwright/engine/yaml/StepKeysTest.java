package dev.millwright.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.Pipelines;
import dev.millwright.engine.definition.StepDefinition;
import dev.millwright.model.Parameters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The keys of steps, and what may stand in them.
class StepKeysTest {
    @Test
    void aSecretOfAStoreIsAValueOfItsOwn() {
        assertThat(
                        Pipelines.problems(
                                """
                                steps:
                                  - commands: [make]
                                    environment:
                                      A: {from_secret: nexus/ci/upload#token}
                                      B: {from_secret: nexus}
                                      C: {fromsecret: nexus/a}
                                """))
                .containsExactly(
                        "ci.yaml:5:24: 'from_secret' has to be STORE/PATH or STORE/PATH#KEY, not 'nexus'",
                        "ci.yaml:6:10: a secret needs the key 'from_secret'; write 'from_secret: nexus/ci/upload#token'",
                        "ci.yaml:6:11: unknown key 'fromsecret'; did you mean 'from_secret'?");
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
                                + " with commands or exec or image or runner",
                        "ci.yaml:9:5: 'nodes' has nothing to do there; write 'tasks: [...]'");
    }

    @Test
    void anImageMeansTheRunnerOfContainersUnlessTheStepNamesAnother() {
        assertThat(
                        bodies(
                                """
                                steps:
                                  - {commands: a}
                                  - {image: x, commands: a, with: {memory: 1g}}
                                  - {image: x, runner: pods, exec: [b, c]}
                                  - {runner: letters, with: {to: [d]}}
                                """))
                .containsExactly(
                        work("process", Map.of("script", "a\n")),
                        work("container", Map.of("script", "a\n", "memory", "1g", "image", "x")),
                        work("pods", Map.of("argv", List.of("b", "c"), "image", "x")),
                        work("letters", Map.of("to", List.of("d"))));
    }

    @Test
    @Tag("S1.x1")
    void aProgramMayBeCalledAsAnotherToolCallsIt() {
        assertThat(bodies("steps: [{exec: [./build, all], style: bass}]"))
                .containsExactly(
                        work(
                                "process",
                                Map.of("argv", List.of("./build", "all"), "style", "bass")));
        assertThat(
                        Pipelines.problems(
                                """
                                steps:
                                  - commands: a
                                    style: bass
                                  - exec: [a]
                                    image: x
                                    style: bass
                                """))
                .containsExactly(
                        "ci.yaml:3:5: 'style' says nothing in a step with 'commands'; it goes with"
                                + " exec",
                        "ci.yaml:6:5: 'style' says nothing in a container; leave it out, or call"
                                + " the program on the node");
    }

    @Test
    void theShortSpellingOfAServicesEnvironmentReachesItsRunnerAsTheLongOne() {
        String service = "steps: [{image: x, services: [{name: pg, image: y, %s: {A: b}}]}]";

        assertThat(bodies(service.formatted("env")))
                .isEqualTo(bodies(service.formatted("environment")))
                .containsExactly(
                        work(
                                "container",
                                Map.of(
                                        "image",
                                        "x",
                                        "services",
                                        List.of(
                                                Map.of(
                                                        "name",
                                                        "pg",
                                                        "image",
                                                        "y",
                                                        "environment",
                                                        Map.of("A", "b"))))));
    }

    private static List<StepDefinition.Body> bodies(String text) {
        StepDefinition root = Pipelines.definition(text).root();
        return ((StepDefinition.InOrder) root.body())
                .steps().stream().map(StepDefinition::body).toList();
    }

    private static StepDefinition.Work work(String runner, Map<String, Object> parameters) {
        return new StepDefinition.Work(runner, new Parameters(parameters), List.of());
    }

    @Test
    void whatIsSaidToTheRunnerNeedsOneAndDoesNotRepeatTheStep() {
        assertThat(
                        Pipelines.problems(
                                """
                                steps:
                                  - commands: a
                                    with: {memory: 1g}
                                  - image: x
                                    with: {script: b}
                                  - wait: 1s
                                    runner: container
                                """))
                .containsExactly(
                        "ci.yaml:3:5: 'with' says nothing in a step with 'commands'; it goes with"
                                + " image or services or runner",
                        "ci.yaml:5:20: 'script' does not stand below 'with'; it is a key of the"
                                + " step itself",
                        "ci.yaml:7:5: 'runner' says nothing in a step with 'wait'; it goes with"
                                + " commands or exec or image");
    }

    @Test
    void needsThatNoNodeCouldMeetAreTold() {
        assertThat(
                        Pipelines.problems(
                                """
                                steps:
                                  - commands: [a]
                                    needs: {memory: "=> 4", jdk: ">= new", os: linux}
                                """))
                .containsExactly(
                        "ci.yaml:3:21: 'memory: => 4' is no need; write a value, or one of =, !=,"
                                + " >=, <=, > and < with a value",
                        "ci.yaml:3:34: 'jdk >= new' can never hold: 'new' is no number, size (16Gi)"
                                + " or version (21.0.3)");
    }

    @Test
    void aNeedThatNearlyHasTheNameOfAFactIsGoodAndDoubted() {
        String text =
                """
                steps:
                  - commands: [a]
                    needs: {memroy: ">= 16Gi", gpu: a100}
                  - commands: [b]
                    needs: [cpu >= 4, os=linux]
                """;

        assertThat(Pipelines.read(text)).isInstanceOf(ReadResult.Read.class);
        assertThat(PipelineReader.create().doubts("ci.yaml", text, Includes.NONE))
                .extracting(Problem::line)
                .containsExactly(
                        "ci.yaml:3:13: no node has 'memroy' unless you give it a label or a fact of"
                                + " that name; did you mean 'memory'?",
                        "ci.yaml:5:13: no node has 'cpu' unless you give it a label or a fact of"
                                + " that name; did you mean 'cpus'?");
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
    @Tag("S48")
    void saysWhereSecretsCannotStand() {
        assertThat(
                        Pipelines.problems(
                                "steps:\n  - commands: [a]\n    directory: {from_secret: x/y}\n"))
                .containsExactly(
                        "ci.yaml:3:17: 'directory' cannot be a secret;"
                                + " only values of a step's 'environment' can");
    }

    @ParameterizedTest
    @Tag("S48")
    @ValueSource(strings = {"a/../../b", "/proc/self/fd/7", "/"})
    void refusesDirectoriesThatLeaveTheWorkspace(String directory) {
        assertThat(
                        Pipelines.problems(
                                "steps:\n  - {commands: a, directory: %s}\n".formatted(directory)))
                .containsExactly(
                        "ci.yaml:2:30: '%s' leaves the workspace; count it from the root of the workspace"
                                .formatted(directory));
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
}
