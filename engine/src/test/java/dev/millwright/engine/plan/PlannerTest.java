package dev.millwright.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.Pipelines;
import dev.millwright.model.plan.Concurrency;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Role;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepPath;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final String EVERYTHING = Pipelines.resource("everything.yaml");

    @Test
    void plansTheTreeThatStandsBesideTheFile() {
        Plan plan = Pipelines.plan(EVERYTHING);
        assertThat(plan.steps().stream().map(PlannerTest::line).collect(Collectors.joining("\n")))
                .isEqualTo(Pipelines.resource("everything.tree").strip());
    }

    private static String line(Step step) {
        String kind = step.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        String role = step.options().role() == Role.BODY ? "" : " " + step.options().role();
        String runner = step instanceof Step.Run run ? " " + run.runner() : "";
        String warning = step.options().allowFailure() ? " warning" : "";
        return step.path() + " " + kind + " " + step.name() + role + runner + warning;
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
                                        "manual", Map.of("target", "moon", "taget", "x", "count", "ten")));
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
        assertThat(plan("push", "release/1", "", "src/B.java")).isInstanceOf(Planning.Planned.class);
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
                        new PlanRequest("default", "demo", event, Map.of(), Map.of(), source, List.of()));
    }

    @Test
    void refusesMoreThanTenThousandSteps() {
        String values = "[" + "x,".repeat(99).replace("x", "1") + "1]";
        String text =
                "steps:\n  - commands: [a]\n    matrix: {a: %s, b: %s, c: [1, 2]}\n"
                        .formatted(values, values);
        assertThat(new Planner().plan(Pipelines.definition(text), Pipelines.request("manual", Map.of())))
                .isInstanceOf(Planning.Refused.class);
    }

    @Test
    void storedPlansComeBackAsTheyWere() {
        Plan plan = Pipelines.plan(EVERYTHING);
        assertThat(PlanCodec.decode(PlanCodec.encode(plan))).isEqualTo(plan);
    }
}
