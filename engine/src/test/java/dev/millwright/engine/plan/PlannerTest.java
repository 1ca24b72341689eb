package dev.millwright.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.Pipelines;
import dev.millwright.model.plan.Change;
import dev.millwright.model.plan.Concurrency;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {
    private static final String EVERYTHING = Pipelines.resource("everything.yaml");

    static Stream<String> fixtures() {
        return Pipelines.fixtures().stream();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void plansTheTreeThatStandsBesideTheFile(String fixture) throws IOException {
        Plan plan = Pipelines.plan(Pipelines.resource(fixture));
        String tree = PlanTree.of(plan);
        String name = fixture.replace(".yaml", ".tree");
        if (Boolean.getBoolean("millwright.rewrite")) {
            Files.writeString(Path.of("src/test/resources/pipelines", name), tree);
        }
        assertThat(tree)
                .as("run this test with -Dmillwright.rewrite=true")
                .isEqualTo(Pipelines.resource(name));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void storedPlansComeBackAsTheyWere(String fixture) {
        Plan plan = Pipelines.plan(Pipelines.resource(fixture));
        assertThat(PlanCodec.decode(PlanCodec.encode(plan))).isEqualTo(plan);
    }

    @Test
    void bindsInputsAndResolvesTheGroup() {
        Plan plan = Pipelines.plan(EVERYTHING);
        assertThat(plan.head().values())
                .containsEntry("target", "staging")
                .containsEntry("count", "3")
                .containsEntry("note", "hello");
        assertThat(plan.head().concurrency()).contains(new Concurrency("deploy-staging", true));
    }

    @Test
    void keepsTimeoutsAndGivesTeardownOneOfItsOwn() {
        Plan plan = Pipelines.plan(EVERYTHING);
        assertThat(plan.step(new StepPath("0/1")).options().timeout())
                .contains(Duration.ofSeconds(20));
        assertThat(plan.step(new StepPath("0/8")).options().timeout())
                .contains(Duration.ofMinutes(5));
        assertThat(plan.root().options().timeout()).contains(Duration.ofHours(1));
    }

    @Test
    void refusesInputsThatDoNotFit() {
        Planning planning =
                new Planner()
                        .plan(
                                Pipelines.definition(EVERYTHING),
                                Pipelines.request(
                                        "manual",
                                        Map.of("target", "moon", "taget", "x", "count", "ten")));
        assertThat(planning)
                .isEqualTo(
                        new Planning.Refused(
                                List.of(
                                        "the pipeline has no input 'taget'; did you mean 'target'?",
                                        "input 'target' is one of staging, prod, not 'moon'",
                                        "input 'count' is a number, not 'ten'")));
    }

    @Test
    void filtersByEventBranchAndPath() {
        assertThat(plan("push", "main", "", "src/a/B.java")).isInstanceOf(Planning.Planned.class);
        assertThat(plan("push", "release/1", "", "src/B.java"))
                .isInstanceOf(Planning.Planned.class);
        assertThat(plan("push", "main", "", "README.md", "src/x.md"))
                .isInstanceOf(Planning.Filtered.class);
        assertThat(plan("push", "topic", "", "src/B.java")).isInstanceOf(Planning.Filtered.class);
        assertThat(plan("api", "main", "", "src/B.java")).isInstanceOf(Planning.Filtered.class);
    }

    @Test
    void skipsWhenTheCommitMessageSaysSo() {
        assertThat(plan("push", "main", "typo [Skip CI]", "src/B.java"))
                .isEqualTo(new Planning.Filtered("the commit message says [skip ci]"));
    }

    private static Planning plan(String event, String branch, String message, String... files) {
        Source source =
                new Source(
                        "https://example.org/o/r.git",
                        "1".repeat(40),
                        "refs/heads/" + branch,
                        branch,
                        "",
                        "",
                        message,
                        "a",
                        "a@example.org",
                        List.of(files),
                        Source.Checkout.DEFAULT);
        return new Planner()
                .plan(
                        Pipelines.definition(EVERYTHING),
                        new PlanRequest(
                                "default", "demo", event, Map.of(), Map.of(), source, List.of()));
    }

    private static final String GUARDED =
            """
            concurrency: {group: deploy, cancelPrevious: false}
            setup: [{name: up, commands: ./up}]
            steps: [{name: test, commands: ./test}]
            teardown: [{name: down, commands: ./down}]
            """;

    private static Plan planned(boolean trusted) {
        Change.PullRequest pull =
                new Change.PullRequest(17, "Hola", "spanish", "main", "", List.of(), false, true);
        Change change = new Change("grace", "https://forge.example.org/17", "1", trusted, pull);
        PlanRequest request =
                new PlanRequest(
                        "default",
                        "web",
                        "pull_request",
                        Map.of(),
                        Map.of(),
                        null,
                        List.of(),
                        change);
        return ((Planning.Planned) new Planner().plan(Pipelines.definition(GUARDED), request))
                .plan();
    }

    @Test
    void anApprovalComesBeforeEverythingThatAForkWantsToRun() {
        Plan plan = planned(false);

        assertThat(plan.steps())
                .extracting(step -> step.path() + " " + step.name())
                .containsExactly(
                        "0 web",
                        "0/0 approval of the fork",
                        "0/1 pipeline",
                        "0/1/0 up",
                        "0/1/1 test",
                        "0/1/2 down");
        assertThat(((Step.Approve) plan.step(1)).message())
                .contains("pull request 17 of grace", "https://forge.example.org/17");
        assertThat(planned(true).steps()).hasSize(4).noneMatch(Step.Approve.class::isInstance);
    }

    @Test
    void aForkNeitherCancelsNorHoldsUpTheRunsOfOthers() {
        assertThat(planned(true).head().concurrency()).contains(new Concurrency("deploy", false));
        assertThat(planned(false).head().concurrency())
                .contains(new Concurrency("web (pull request 17)", true));
    }

    @Test
    void refusesMoreThanTenThousandSteps() {
        String values = "[" + "x,".repeat(99).replace("x", "1") + "1]";
        String text =
                "steps:\n  - commands: [a]\n    setup: [{commands: b}]\n    matrix: {a: %s, b: [1, 2, 3, 4]}\n"
                        .formatted("[" + "1, ".repeat(999) + "1]");
        assertThat(
                        new Planner()
                                .plan(
                                        Pipelines.definition(text),
                                        Pipelines.request("manual", Map.of())))
                .isEqualTo(
                        new Planning.Refused(
                                List.of(
                                        "the plan has more than 10,000 steps; split the pipeline"
                                                + " or shrink its matrix")));
    }
}
