package dev.millwright.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.engine.Pipelines;
import dev.millwright.engine.expression.ReferenceException;
import dev.millwright.engine.expression.References;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.Change;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StepEnvironmentTest {
    private static final Plan PLAN = Pipelines.plan(Pipelines.resource("everything.yaml"));
    private static final RunFacts FACTS =
            new RunFacts(
                    RunId.parse("0199c0de-1c2f-7a3b-8000-9a4d1c0ffee0"),
                    17,
                    1,
                    5,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    "http://localhost:8080",
                    "a".repeat(32),
                    "b".repeat(16),
                    null,
                    NodeName.LOCAL,
                    Map.of());

    private static final Map<String, String> TELEMETRY =
            Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "http://localhost:8080/otlp",
                    "OTEL_EXPORTER_OTLP_PROTOCOL",
                    "http/protobuf",
                    "OTEL_EXPORTER_OTLP_HEADERS",
                    "x-millwright-step=secret");

    /// The variables of a step for which the pipeline sets this one.
    private static Map<String, String> withTelemetry(String variable) {
        Plan plan =
                Pipelines.plan("env: {%s}\nsteps: [{name: a, commands: [x]}]".formatted(variable));
        RunFacts facts =
                new RunFacts(
                        FACTS.run(),
                        17,
                        1,
                        5,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        "http://localhost:8080",
                        "a".repeat(32),
                        "b".repeat(16),
                        null,
                        NodeName.LOCAL,
                        TELEMETRY);
        return StepEnvironment.of(
                plan,
                RunState.initial(plan.size()),
                (Step.Run) plan.step(new StepPath("0/0")),
                facts);
    }

    @Test
    @Tag("S1.35")
    void programsFindTheWayToTheServer() {
        assertThat(withTelemetry("OTHER: x")).containsAllEntriesOf(TELEMETRY);
        assertThat(withTelemetry("OTEL_EXPORTER_OTLP_PROTOCOL: http/json"))
                .containsEntry("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")
                .containsEntry("OTEL_EXPORTER_OTLP_HEADERS", "x-millwright-step=secret");
    }

    @Test
    @Tag("S1.35")
    void whoSendsElsewhereDoesNotSendTheToken() {
        assertThat(withTelemetry("OTEL_EXPORTER_OTLP_ENDPOINT: 'http://mine:4318'"))
                .containsEntry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://mine:4318")
                .doesNotContainKeys("OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_PROTOCOL");
        assertThat(withTelemetry("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://mine:4318'"))
                .containsKey("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
                .doesNotContainKeys("OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_ENDPOINT");
        assertThat(withTelemetry("OTEL_EXPORTER_OTLP_HEADERS: 'a=b'"))
                .containsEntry("OTEL_EXPORTER_OTLP_HEADERS", "a=b")
                .doesNotContainKey("OTEL_EXPORTER_OTLP_ENDPOINT");
    }

    private static Map<String, String> of(String path, RunState state) {
        return StepEnvironment.of(PLAN, state, (Step.Run) PLAN.step(new StepPath(path)), FACTS);
    }

    @Test
    void tellsAboutTheRunTheInputsAndTheMatrix() {
        assertThat(of("0/2/2/0/1", RunState.initial(PLAN.size())))
                .containsEntry("CI", "true")
                .containsEntry("CI_PIPELINE_NUMBER", "17")
                .containsEntry("MILLWRIGHT_INPUT_TARGET", "staging")
                .containsEntry("MATRIX_JDK", "21")
                .containsEntry("GREETING", "to staging")
                .containsEntry(
                        "TRACEPARENT", "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01");
    }

    @Test
    void handsOutputsOfEarlierStepsOn() {
        List<StepState> steps = new ArrayList<>(RunState.initial(PLAN.size()).steps());
        steps.set(
                PLAN.indexOf(new StepPath("0/1")),
                new StepState(
                        StepPhase.FINISHED,
                        Outcome.SUCCESS,
                        1,
                        null,
                        null,
                        null,
                        "",
                        "",
                        0,
                        Map.of("version", "1.2"),
                        false));
        assertThat(of("0/7", new RunState(RunPhase.RUNNING, null, steps)))
                .containsEntry("V", "1.2");
    }

    @Test
    void saysWhichOutputIsMissing() {
        RunState nothing = RunState.initial(PLAN.size());
        assertThatThrownBy(() -> of("0/7", nothing))
                .isInstanceOf(ReferenceException.class)
                .hasMessage(
                        "${steps.build.outputs.version}: step 'build' (0/1) has published nothing");
    }

    private static final Source SOURCE =
            new Source(
                    "git@forge.example.org:team/shop.git",
                    "c".repeat(40),
                    "refs/heads/main",
                    "main",
                    "",
                    "d".repeat(40),
                    "fix: a \"quote\"\n\n$(rm -rf /)",
                    "A. Author",
                    "a@example.org",
                    List.of("src/A.java", "odd \"name\"\n.txt"),
                    Source.Checkout.DEFAULT);

    private static Map<String, String> of(String text, Source source, String path) {
        return of(text, source, null, path);
    }

    private static Map<String, String> of(
            String text, Source source, @Nullable Change change, String path) {
        Planning planning =
                new Planner()
                        .plan(
                                Pipelines.definition(text),
                                new PlanRequest(
                                        "default",
                                        "demo",
                                        "push",
                                        Map.of(),
                                        Map.of("REGION", "eu", "LEVEL", "resource"),
                                        source,
                                        List.of("ci.yaml"),
                                        change));
        Plan plan = ((Planning.Planned) planning).plan();
        return StepEnvironment.of(
                plan,
                RunState.initial(plan.size()),
                (Step.Run) plan.step(new StepPath(path)),
                FACTS);
    }

    @Test
    void tellsAboutThePullRequestAndWhoeverCausedIt() {
        Change.PullRequest pull =
                new Change.PullRequest(
                        17,
                        "Nul\0 ends a variable",
                        "fix-gate",
                        "main",
                        "https://forge.example.org/ada/shop.git",
                        List.of("bug", "urgent"),
                        false,
                        true);
        Change change = new Change("ada", "https://forge.example.org/17", "72d3", true, pull);
        assertThat(of("steps: [{commands: a}]", SOURCE, change, "0/0"))
                .containsEntry("CI_PIPELINE_AUTHOR", "ada")
                .containsEntry("CI_PIPELINE_FORGE_URL", "https://forge.example.org/17")
                .containsEntry("MILLWRIGHT_DELIVERY", "72d3")
                .containsEntry("CI_COMMIT_PULL_REQUEST", "17")
                .containsEntry("CI_COMMIT_PULL_REQUEST_TITLE", "Nul ends a variable")
                .containsEntry("CI_COMMIT_PULL_REQUEST_LABELS", "bug,urgent")
                .containsEntry("CI_COMMIT_SOURCE_BRANCH", "fix-gate")
                .containsEntry("CI_COMMIT_TARGET_BRANCH", "main")
                .containsEntry("CI_COMMIT_REFSPEC", "fix-gate:main");
        assertThat(of("steps: [{commands: a}]", SOURCE, "0/0"))
                .doesNotContainKeys("CI_COMMIT_PULL_REQUEST", "CI_PIPELINE_AUTHOR");
    }

    @Test
    void aCommitWithoutARepositoryHasNoAddress() {
        Source told =
                new Source(
                        "",
                        SOURCE.commit(),
                        "refs/heads/main",
                        "main",
                        "",
                        "",
                        "",
                        "",
                        "",
                        List.of(),
                        Source.Checkout.DEFAULT);
        assertThat(of("steps: [{commands: a}]", told, "0/0"))
                .containsEntry("CI_COMMIT_SHA", SOURCE.commit())
                .doesNotContainKeys("CI_REPO", "CI_REPO_URL");
    }

    @Test
    void tellsAboutTheCommitAndItsFiles() {
        assertThat(of("steps: [{commands: a}]", SOURCE, "0/0"))
                .containsEntry("CI_REPO", "team/shop")
                .containsEntry("CI_REPO_OWNER", "team")
                .containsEntry("CI_REPO_NAME", "shop")
                .containsEntry("CI_COMMIT_SHA", "c".repeat(40))
                .containsEntry("CI_COMMIT_BRANCH", "main")
                .containsEntry("CI_COMMIT_MESSAGE", "fix: a \"quote\"\n\n$(rm -rf /)")
                .containsEntry("CI_PREV_COMMIT_SHA", "d".repeat(40))
                .containsEntry("CI_PIPELINE_EVENT", "push")
                .containsEntry("GIT_COMMIT", "c".repeat(40))
                .containsEntry(
                        "CI_PIPELINE_FILES", "[\"src/A.java\",\"odd \\\"name\\\"\\u000a.txt\"]");
    }

    @Test
    void innerVariablesWinAndMayReferToOuterOnes() {
        String text =
                """
                environment: {LEVEL: file, PLACE: "${env.REGION}-${env.CI_COMMIT_BRANCH}"}
                steps:
                  - environment: {LEVEL: "group of ${env.LEVEL}", GREETING: hello}
                    sequence:
                      - commands: a
                        environment: {LEVEL: "step in ${env.LEVEL}", GREETING: "${env.GREETING} $${x.y} ${HOME}"}
                """;
        assertThat(of(text, SOURCE, "0/0/0"))
                .containsEntry("REGION", "eu")
                .containsEntry("PLACE", "eu-main")
                .containsEntry("LEVEL", "step in group of file")
                .containsEntry("GREETING", "hello ${x.y} ${HOME}");
    }

    @Test
    void variablesThatReferToOneAnotherHaveNoValue() {
        assertThatThrownBy(() ->
                        of(
                                "environment: {A: \"${env.B}\", B: \"${env.A}\"}\nsteps: [{commands: a}]",
                                SOURCE,
                                "0/0"))
                .isInstanceOf(ReferenceException.class)
                .hasMessageContaining("refers to nothing");
    }

    @Test
    void saysWhichVariableIsMissing() {
        assertThatThrownBy(() ->
                        of("steps: [{commands: a, environment: {A: \"${env.A}\"}}]", SOURCE, "0/0"))
                .isInstanceOf(ReferenceException.class)
                .hasMessageStartingWith("${env.A} refers to nothing; there is ");
    }

    @Test
    void longValuesDoNotKeepAStepFromStarting() {
        Source huge =
                new Source(
                        SOURCE.url(),
                        SOURCE.commit(),
                        null,
                        "",
                        "v1",
                        "",
                        "m".repeat(1 << 20),
                        "",
                        "",
                        java.util.Collections.nCopies(400, "f".repeat(4_000)),
                        Source.Checkout.DEFAULT);
        assertThat(of("steps: [{commands: a}]", huge, "0/0"))
                .containsEntry("CI_PIPELINE_FILES", "")
                .containsEntry("CI_COMMIT_TAG", "v1")
                .satisfies(env -> assertThat(env.get("CI_COMMIT_MESSAGE")).hasSize(32 * 1024));
    }

    @Test
    @Tag("S32")
    void nothingIsPastedIntoScripts() {
        String text =
                """
                inputs: {evil: "$(touch /tmp/x)"}
                steps:
                  - commands: echo ${inputs.evil} ${{ github.head_ref }} ${steps.x.outputs.y}
                  - exec: [echo, "${inputs.evil}"]
                """;
        Plan plan = Pipelines.plan(text);
        Step.Run script = (Step.Run) plan.step(new StepPath("0/0"));
        assertThat(script.parameters().text("script"))
                .contains("echo ${inputs.evil} ${{ github.head_ref }} ${steps.x.outputs.y}\n");
        assertThat(
                        References.resolve(
                                "${inputs.evil}", plan, RunState.initial(plan.size()), script))
                .isEqualTo("$(touch /tmp/x)");
    }
}
