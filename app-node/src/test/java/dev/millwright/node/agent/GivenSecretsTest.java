package dev.millwright.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.model.log.LogChunkReader;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.ScriptStep;
import dev.millwright.node.Settlement;
import dev.millwright.plugin.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a step was given is hidden on its node already: its store, and so the server, may know
/// another value by now.
class GivenSecretsTest extends AgentFixture {
    private static final String OLD = "tr0ub4dor&3";
    private static final String REFERENCE = "${secret:nexus/token}";

    private static Assignment step(String script) {
        return ScriptStep.builder(script)
                .environment(Map.of("TOKEN", REFERENCE, "PATH", System.getenv("PATH")))
                .secrets(Map.of(REFERENCE, Secret.of(OLD)))
                .build();
    }

    private List<String> lines(Assignment step) {
        return reports.logs.getOrDefault(step.attempt(), List.of()).stream()
                .flatMap(chunk -> LogChunkReader.lines(chunk).stream())
                .map(LogLine::plainText)
                .toList();
    }

    @Test
    void standsNeitherInTheLogNorInTheEndThatANodeTells() {
        try (NodeAgent agent = agent()) {
            Assignment step =
                    step("echo \"it is $TOKEN\"; echo \"it=$TOKEN\" >> \"$MILLWRIGHT_OUTPUT\"");
            agent.start(step);

            AttemptEnd end = reports.end(step.attempt());

            assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(end.outputs()).containsExactly(Map.entry("it", "***********"));
            assertThat(lines(step)).containsExactly("it is ***********");
        }
    }

    @Test
    void isHiddenAlsoInWhatARunningStepTellsTheNextLifeOfItsNode() throws IOException {
        assumeThat(Path.of("/proc/self/environ")).exists();
        Assignment step =
                step("echo one; while [ ! -e go ]; do sleep 0.05; done; echo \"it is $TOKEN\"");
        try (NodeAgent first = agent()) {
            first.start(step);
            await().atMost(Duration.ofSeconds(20)).until(() -> !lines(step).isEmpty());
        }
        try (NodeAgent second = agent()) {
            second.settle(
                    step.attempt(), new Settlement.Continue(reports.position(step.attempt())));
            Files.createFile(root.resolve("node/workspaces/" + step.run() + "/go"));

            assertThat(reports.end(step.attempt()).outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(lines(step)).containsExactly("one", "it is ***********");
        }
    }
}
