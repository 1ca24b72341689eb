package dev.millwright.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.Change;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.RepositoryAccess;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.node.Assignment;
import dev.millwright.node.RepositoryLogin;
import dev.millwright.plugin.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentMakerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final AssignmentMaker MAKER =
            new AssignmentMaker("http://localhost", Duration.ofSeconds(1), 1_000, _ -> Map.of());

    private static final String TOKEN = "${secret:vault/ci/git#token}";
    private static final Map<String, Secret> VALUES = Map.of(TOKEN, Secret.of("word"));

    private static Assignment make(boolean trusted, String url, Map<String, Object> parameters) {
        Step.Run step =
                new Step.Run(
                        StepPath.ROOT.child(0),
                        StepOptions.named("push"),
                        "container",
                        new Parameters(parameters),
                        List.of());
        Plan plan =
                Plan.of(
                        new Plan.Head(
                                "default",
                                "web",
                                "pull_request",
                                List.of(),
                                Map.of("chosen", "${env:TOKEN}"),
                                Map.of(),
                                source(url),
                                null,
                                List.of(),
                                0,
                                new Change("grace", "", "1", trusted, null)),
                        new Step.Sequence(StepPath.ROOT, StepOptions.named("web"), List.of(step)));
        RunId run = new RunId(UUID.randomUUID());
        RunState state = RunState.initial(plan.size());
        AttemptRecord attempt =
                new AttemptRecord(
                        new AttemptId(UUID.randomUUID()),
                        run,
                        1,
                        1,
                        2,
                        NodeName.LOCAL,
                        AttemptRecord.Phase.LIVE,
                        "",
                        null,
                        null,
                        NOW,
                        null,
                        null,
                        0,
                        0,
                        0,
                        0);
        return MAKER.make(
                new ActiveRun(record(run), plan, state), state, step, attempt, NOW, VALUES);
    }

    private static Source source(String url) {
        return new Source(
                url,
                "c".repeat(40),
                "refs/pull/17/head",
                "main",
                "",
                "",
                "",
                "",
                "",
                List.of(),
                Source.Checkout.DEFAULT,
                new RepositoryAccess("ci", TOKEN, null, List.of()));
    }

    @Test
    void whatOpensTheRepositoryIsForGitAloneAndForSubmodulesOnlyOfWhoIsTrusted() {
        Assignment mine = make(true, "https://example.org/web.git", Map.of());
        Assignment strangers = make(false, "https://example.org/web.git", Map.of());

        for (Assignment made : List.of(mine, strangers)) {
            RepositoryLogin login = made.workspace().orElseThrow().login();
            assertThat(login.user()).isEqualTo("ci");
            assertThat(login.password()).contains(Secret.of("word"));
            assertThat(login.reader()).matches("[0-9a-f]{32}");
            assertThat(made.secrets()).isEmpty();
            assertThat(made.hidden()).containsExactly(Secret.of("word"));
            assertThat(made.withoutSecrets().hidden()).isEmpty();
        }
        assertThat(mine.workspace().orElseThrow().login().forParts()).isTrue();
        assertThat(strangers.workspace().orElseThrow().login().forParts()).isFalse();
    }

    private static RunRecord record(RunId run) {
        return new RunRecord(
                run,
                "default",
                "web",
                1,
                RunPhase.RUNNING,
                null,
                "pull_request",
                "hook",
                null,
                null,
                "main",
                "",
                "c".repeat(40),
                "",
                "",
                "",
                "0".repeat(32),
                "0".repeat(16),
                null,
                1,
                1,
                2,
                0,
                NOW,
                null,
                null,
                null);
    }

    @ParameterizedTest
    @Tag("S40")
    @ValueSource(strings = {"${env:TOKEN}", "${file:/etc/token}", "${inputs.chosen}"})
    void aStepThatWorksOnTheChangeOfAStrangerGetsNoSecret(String asked) {
        Map<String, Object> parameters =
                Map.of("registries", List.of(Map.of("host", "example.org", "password", asked)));

        assertThatThrownBy(() -> make(false, "", parameters))
                .isInstanceOf(AssignmentException.class)
                .hasMessageContaining("is not given to the change of a fork");
        assertThat(make(true, "", parameters).parameters().values()).containsKey("registries");
    }

    @Test
    void whatOnlyLooksLikeASecretInAScriptIsTheShells() {
        Map<String, Object> parameters = Map.of("script", "echo ${file:-nothing} ${env:-x}");

        assertThat(make(false, "", parameters).parameters().values()).isEqualTo(parameters);
    }

    @Test
    void nothingIsClonedForACommitThatOnlyTheTriggerToldOf() {
        assertThat(make(true, "", Map.of()).workspace()).isEmpty();
        assertThat(make(true, "https://example.org/web.git", Map.of()).workspace()).isPresent();
    }
}
