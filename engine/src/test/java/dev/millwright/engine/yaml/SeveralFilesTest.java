package dev.millwright.engine.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.Pipelines;
import dev.millwright.engine.plan.Planner;
import dev.millwright.engine.plan.Planning;
import dev.millwright.model.plan.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class SeveralFilesTest {
    private static ReadResult read(String... namesAndTexts) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            texts.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return PipelineReader.create().readAll(texts, Includes.NONE);
    }

    private static Planning plan(ReadResult result, String event) {
        return new Planner()
                .plan(((ReadResult.Read) result).definition(), Pipelines.request(event, Map.of()));
    }

    @Test
    void runSideBySideEachWithItsOwnConditionAndVariables() {
        ReadResult result =
                read(
                        ".millwright/build.yaml",
                        "environment: {A: b}\nwhen: {event: push}\nsteps: [{commands: make}]\n",
                        ".millwright/docs.yml",
                        "name: pages\nwhen: {event: tag}\nsteps: [{commands: docs}]\n");
        Step root = ((Planning.Planned) plan(result, "push")).plan().root();
        assertThat(root).isInstanceOf(Step.Parallel.class);
        assertThat(((Step.Parallel) root).children())
                .extracting(Step::name)
                .containsExactly("build", "pages");
        assertThat(((Step.Parallel) root).children().getFirst().options().environment())
                .containsEntry("A", "b");
        assertThat(plan(result, "manual")).isInstanceOf(Planning.Filtered.class);
    }

    @Test
    void tellTheProblemsOfAllFilesAndWhatTheyDisagreeAbout() {
        assertThat(
                        ((ReadResult.Invalid)
                                        read("a.yaml", "stps: []\n", "b.yaml", "steps: [x]\n"))
                                .problems())
                .extracting(problem -> problem.mark().file())
                .contains("a.yaml", "b.yaml");
        assertThat(
                        ((ReadResult.Invalid)
                                        read(
                                                "a.yaml",
                                                "inputs: {x: 1}\nsteps: [{commands: a}]\n",
                                                "b.yaml",
                                                "inputs: {x: 2}\nsteps: [{commands: a}]\n"))
                                .problems())
                .extracting(Problem::line)
                .containsExactly("b.yaml:1:1: input 'x' is declared differently in another file");
    }

    @Test
    void aFileThatIsAloneIsThePipelineItself() {
        Step root =
                ((Planning.Planned) plan(read("a.yaml", "steps: [{commands: a}]\n"), "push"))
                        .plan()
                        .root();
        assertThat(root).isInstanceOf(Step.Sequence.class);
        assertThat(root.name()).isEqualTo("demo");
    }
}
