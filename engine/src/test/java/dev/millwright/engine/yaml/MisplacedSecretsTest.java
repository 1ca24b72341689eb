package dev.millwright.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// References in `environment` that nobody would look up there.
class MisplacedSecretsTest {
    private static final String OF_THE_NODE =
            "environment takes no ${env:...}: a step reads the environment of its node itself; "
                    + "for a secret write {from_secret: STORE/PATH#KEY}";

    private static List<String> lint(String text) {
        return PipelineReader.create().lint("ci.yaml", text, Includes.NONE).stream()
                .map(Problem::line)
                .toList();
    }

    @Test
    void theEnvironmentOfTheNodeIsReadByTheStepItself() {
        assertThat(
                        lint(
                                """
                                environment: {A: "${env:HOME_OF_A}"}
                                steps:
                                  - sequence: [{commands: ["true"], env: {B: "x ${env:B}"}}]
                                    environment: {C: "${env:C}"}
                                  - image: busybox
                                    commands: ["true"]
                                    services:
                                      - {name: pg, image: postgres, env: {D: "${env:D}"}}
                                """))
                .containsExactly(
                        "ci.yaml:1:18: " + OF_THE_NODE,
                        "ci.yaml:3:46: " + OF_THE_NODE,
                        "ci.yaml:4:22: " + OF_THE_NODE,
                        "ci.yaml:8:46: " + OF_THE_NODE);
    }

    @Test
    void filesOfTheNodeAreReadByTheStepItself() {
        assertThat(lint("steps: [{commands: [\"true\"], environment: {A: \"${file:/a/b}\"}}]"))
                .singleElement()
                .asString()
                .contains("environment takes no ${file:...}: a step reads the files of its node");
    }

    @Test
    void aSecretIsTheWholeValue() {
        assertThat(
                        lint(
                                "steps: [{commands: [\"true\"], environment: {A: \"Bearer ${secret:v/a#t}\"}}]"))
                .singleElement()
                .asString()
                .contains(
                        "'${secret:v/a#t}' is only a part of the value",
                        "write {from_secret: STORE/PATH#KEY}, and put the rest to it in 'commands'");
    }

    @Test
    void whatShellsReadIsNoneAndCommandsAreTheirOwn() {
        assertThat(
                        lint(
                                """
                                inputs: {x: {}}
                                steps:
                                  - commands: ["echo ${env:-x} ${HOME} ${env:HOME} ${file:/x}"]
                                    environment:
                                      A: "${HOME} ${env:-x} ${env:0:3} ${file:-/x} ${inputs.x}"
                                      B: "$${env:NAME}"
                                      C: "${secret:vault/a#t}"
                                      D: {from_secret: vault/a#t}
                                      E: "${env.HOME}"
                                """))
                .isEmpty();
    }
}
