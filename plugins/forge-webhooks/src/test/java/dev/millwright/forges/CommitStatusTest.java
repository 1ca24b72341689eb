package dev.millwright.forges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.engine.binding.BindingException;
import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.model.Parameters;
import dev.millwright.model.Payload;
import dev.millwright.model.RunId;
import dev.millwright.plugin.PluginException;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.scm.CommitStatus;
import dev.millwright.plugin.scm.ScmProvider;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Statuses and files over real HTTP, against a stand-in that takes what the forge documents.
final class CommitStatusTest {
    private static final String COMMIT = "6dcb09b5b57875f334f61aebed695e2e4193db5e";
    private static final String URL = "https://ci.example.org/api/v1/runs/17";

    /// A provider with the settings that it was given.
    private record Bound<C extends Record>(ScmProvider<C> provider, C settings) {
        static <C extends Record> Bound<C> of(
                ScmProvider<C> provider, Map<String, Object> written, String token) {
            return new Bound<>(
                    provider,
                    RecordBinder.bind(
                            provider.configuration(),
                            new Parameters(written),
                            _ -> Optional.of(token)));
        }

        Sent show(CommitStatus status) throws InterruptedException {
            return provider.setStatus(status, settings);
        }
    }

    private static Bound<?> bound(Forge forge, ForgeStandIn standIn) {
        return Bound.of(forge.provider(), forge.settings(standIn.api()), "secret-TOKEN");
    }

    private static CommitStatus status(
            Forge forge, CommitStatus.State state, String context, String description) {
        return new CommitStatus(
                new RunId(UUID.fromString("0194ba2f-0000-7000-8000-000000000001")),
                forge.repository,
                COMMIT,
                state,
                context,
                description,
                URL,
                0);
    }

    private static CommitStatus status(Forge forge, CommitStatus.State state) {
        return status(forge, state, "millwright/web", "run 17");
    }

    @ParameterizedTest
    @EnumSource
    void eachStateHasItsWord(Forge forge) throws Exception {
        for (CommitStatus.State state : CommitStatus.State.values()) {
            try (ForgeStandIn standIn = new ForgeStandIn(forge)) {
                assertThat(bound(forge, standIn).show(status(forge, state))).isEqualTo(Sent.DONE);
                assertThat(standIn.shown())
                        .singleElement()
                        .satisfies(shown -> {
                            assertThat(shown.commit()).isEqualTo(COMMIT);
                            assertThat(shown.status())
                                    .containsEntry("state", forge.words.get(state.ordinal()))
                                    .containsEntry("description", "run 17")
                                    .containsValue("millwright/web")
                                    .containsValue(URL);
                        });
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTooLongIsCutAndStaysTheSame(Forge forge) throws Exception {
        String context = "millwright/a-namespace-with-a-long-name/" + "x".repeat(100);
        try (ForgeStandIn standIn = new ForgeStandIn(forge)) {
            Bound<?> bound = bound(forge, standIn);
            for (String end : List.of("1", "1", "2")) {
                CommitStatus long1 =
                        status(forge, CommitStatus.State.SUCCESS, context + end, "y".repeat(2_000));
                assertThat(bound.show(long1)).isEqualTo(Sent.DONE);
            }
            List<String> keys =
                    standIn.shown().stream().map(shown -> identity(shown.status())).toList();
            assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
        }
    }

    /// By which a forge tells the statuses of one commit apart.
    private static String identity(Map<String, String> status) {
        return status.getOrDefault(
                "key", status.getOrDefault("context", String.valueOf(status.get("name"))));
    }

    @Test
    void whatGitlabHasAlreadyIsThere() throws Exception {
        try (ForgeStandIn gitlab = new ForgeStandIn(Forge.GITLAB)) {
            Bound<?> bound = bound(Forge.GITLAB, gitlab);
            for (CommitStatus.State state :
                    List.of(
                            CommitStatus.State.PENDING,
                            CommitStatus.State.PENDING,
                            CommitStatus.State.RUNNING,
                            CommitStatus.State.RUNNING,
                            CommitStatus.State.PENDING,
                            CommitStatus.State.SUCCESS)) {
                assertThat(bound.show(status(Forge.GITLAB, state))).isEqualTo(Sent.DONE);
            }
            assertThat(gitlab.shown())
                    .extracting(shown -> shown.status().get("state"))
                    .containsExactly("pending", "running", "success");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GITLAB, 401, later", "GITLAB, 429, later", "GITLAB, 400, never", "GITLAB, 404, never",
        "GITEA, 403, later", "GITEA, 500, later", "FORGEJO, 422, never", "BITBUCKET, 503, later",
        "BITBUCKET, 404, never", "DATA_CENTER, 502, later", "DATA_CENTER, 302, never"
    })
    void aRefusalIsTriedAgainWhereThatMayHelp(Forge forge, int status, String when)
            throws Exception {
        try (ForgeStandIn standIn = new ForgeStandIn(forge)) {
            standIn.refuse(status, Map.of("Retry-After", "77"));
            assertThat(bound(forge, standIn).show(status(forge, CommitStatus.State.SUCCESS)))
                    .isInstanceOf(when.equals("later") ? Sent.Later.class : Sent.Never.class)
                    .asString()
                    .contains("answered " + status)
                    .matches(text -> when.equals("never") || text.contains("PT1M17S"));
        }
    }

    @Test
    void thePauseThatGitlabAsksForIsKept() throws Exception {
        long reset = Instant.now().plusSeconds(1800).getEpochSecond();
        try (ForgeStandIn gitlab = new ForgeStandIn(Forge.GITLAB)) {
            gitlab.refuse(429, Map.of("RateLimit-Remaining", "0", "RateLimit-Reset", "" + reset));
            assertThat(
                            bound(Forge.GITLAB, gitlab)
                                    .show(status(Forge.GITLAB, CommitStatus.State.SUCCESS)))
                    .isInstanceOfSatisfying(
                            Sent.Later.class,
                            later -> assertThat(later.notBefore().toMinutes()).isBetween(25L, 30L));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForgeThatIsNotThereIsTriedAgain(Forge forge) throws Exception {
        ForgeStandIn standIn = new ForgeStandIn(forge);
        Bound<?> bound = bound(forge, standIn);
        standIn.close();
        assertThat(bound.show(status(forge, CommitStatus.State.SUCCESS)))
                .isInstanceOf(Sent.Later.class);
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatIsNotRightIsToldSo(Forge forge) throws Exception {
        try (ForgeStandIn standIn = new ForgeStandIn(forge)) {
            Bound<?> stranger =
                    Bound.of(forge.provider(), forge.settings(standIn.api()), "a guess");
            assertThat(stranger.show(status(forge, CommitStatus.State.SUCCESS)))
                    .isInstanceOf(Sent.Later.class)
                    .asString()
                    .contains("401")
                    .doesNotContain("a guess");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileOfACommitIsRead(Forge forge) throws Exception {
        try (ForgeStandIn standIn = new ForgeStandIn(forge)) {
            assertThat(read(bound(forge, standIn), forge, ".millwright/a b.yaml"))
                    .contains(Payload.of("steps: []\n"));
            assertThat(read(bound(forge, standIn), forge, "none.yaml")).isEmpty();
            standIn.refuse(500, Map.of());
            assertThatThrownBy(() -> read(bound(forge, standIn), forge, "none.yaml"))
                    .isInstanceOf(PluginException.class)
                    .hasMessageContaining("500");
        }
    }

    private static <C extends Record> Optional<Payload> read(
            Bound<C> bound, Forge forge, String path) throws InterruptedException {
        return bound.provider().read(forge.repository, "abc123", path, bound.settings());
    }

    private static <C extends Record> boolean handles(Bound<C> bound, String repository) {
        return bound.provider().handles(repository, bound.settings());
    }

    @ParameterizedTest
    @EnumSource
    void itKnowsItsOwnHost(Forge forge) throws IOException {
        try (ForgeStandIn standIn = new ForgeStandIn(forge)) {
            Bound<?> bound = bound(forge, standIn);
            assertThat(handles(bound, forge.repository)).isTrue();
            assertThat(handles(bound, "https://github.com/mike/web.git")).isFalse();
            assertThat(handles(bound, "/srv/git/web.git")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GITEA, host, 'https://git.example.org', is no name",
        "GITEA, host, , host",
        "GITLAB, api, gitlab, no address",
        "BITBUCKET, api, '/2.0', no address",
        "DATA_CENTER, timeout, 0s, longer than nothing"
    })
    void settingsThatAreWrittenWronglyAreToldSo(
            Forge forge, String key, String value, String told) {
        Map<String, Object> written = new HashMap<>(forge.settings("https://git.example.org/api"));
        if (value == null) {
            written.remove(key);
        } else {
            written.put(key, value);
        }
        assertThatThrownBy(() -> Bound.of(forge.provider(), written, "secret-TOKEN"))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining(told);
    }
}
