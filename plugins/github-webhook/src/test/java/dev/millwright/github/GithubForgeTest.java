package dev.millwright.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.Payload;
import dev.millwright.model.RunId;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.PluginException;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.scm.CommitStatus;
import dev.millwright.testkit.BareContext;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GithubForgeTest {
    private static final String COMMIT = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

    private final GithubForge forge = new GithubForge();
    private GithubStandIn github;

    @BeforeEach
    void listen() throws IOException {
        github = new GithubStandIn();
        forge.open(BareContext.with(NetworkWall.OPEN));
    }

    @AfterEach
    void stop() {
        github.close();
    }

    private GithubSettings settings(String token) {
        return new GithubSettings(
                Secret.of(token), "GitHub.com", URI.create(github.api()), Duration.ofSeconds(10));
    }

    @Test
    @Tag("S29")
    void aForgeOnAPrivateAddressIsNotReachedUnlessTheAdministratorAllowsIt() throws Exception {
        forge.open(BareContext.with(NetworkWall.CLOSED));

        assertThat(show(COMMIT, CommitStatus.State.SUCCESS, "fine"))
                .isInstanceOfSatisfying(
                        Sent.Later.class,
                        later -> assertThat(later.reason()).contains("'network.allow'"));
        assertThat(github.shown()).isEmpty();
    }

    private Sent show(String commit, CommitStatus.State state, String description)
            throws InterruptedException {
        CommitStatus status =
                new CommitStatus(
                        new RunId(UUID.fromString("0194ba2f-0000-7000-8000-000000000001")),
                        "git@github.com:octo/web.git",
                        commit,
                        state,
                        "millwright/web",
                        description,
                        "https://ci.example.org/runs/17",
                        0);
        return forge.setStatus(status, settings(GithubStandIn.TOKEN));
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, pending", "RUNNING, pending", "SUCCESS, success",
        "FAILURE, failure", "ERROR, error", "CANCELLED, error"
    })
    void eachStateHasItsWordAtGithub(CommitStatus.State state, String word)
            throws InterruptedException {
        assertThat(show(COMMIT, state, "3 steps")).isEqualTo(Sent.DONE);
        assertThat(github.shown())
                .isEqualTo(
                        List.of(
                                new GithubStandIn.Shown(
                                        COMMIT,
                                        Map.of(
                                                "state", word,
                                                "target_url", "https://ci.example.org/runs/17",
                                                "description", "3 steps",
                                                "context", "millwright/web"))));
    }

    @Test
    void aLongDescriptionIsCut() throws InterruptedException {
        assertThat(show(COMMIT, CommitStatus.State.SUCCESS, "x".repeat(141))).isEqualTo(Sent.DONE);
        assertThat(github.shown().getFirst().status().get("description"))
                .isEqualTo("x".repeat(139) + "…");
    }

    @ParameterizedTest
    @CsvSource({
        "401, later",
        "403, later",
        "429, later",
        "500, later",
        "502, later",
        "404, never",
        "410, never",
        "422, never",
        "301, never",
        "307, never"
    })
    void aRefusalIsTriedAgainWhereThatMayHelp(int status, String when) throws InterruptedException {
        github.refuse(status, Map.of());
        assertThat(show(COMMIT, CommitStatus.State.SUCCESS, "ok"))
                .isInstanceOf(when.equals("later") ? Sent.Later.class : Sent.Never.class)
                .asString()
                .contains("GitHub answered " + status);
    }

    @Test
    void thePauseThatGithubAsksForIsKept() throws InterruptedException {
        github.refuse(403, Map.of("Retry-After", "77"));
        assertThat(show(COMMIT, CommitStatus.State.SUCCESS, "ok"))
                .isInstanceOfSatisfying(
                        Sent.Later.class, later -> assertThat(later.notBefore()).hasSeconds(77));
        long reset = Instant.now().plusSeconds(1800).getEpochSecond();
        github.refuse(429, Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", "" + reset));
        assertThat(show(COMMIT, CommitStatus.State.SUCCESS, "ok"))
                .isInstanceOfSatisfying(
                        Sent.Later.class,
                        later ->
                                assertThat(later.notBefore())
                                        .isBetween(Duration.ofMinutes(25), Duration.ofMinutes(30)));
    }

    @Test
    void aGithubThatIsNotThereIsTriedAgain() throws InterruptedException {
        github.close();
        assertThat(show(COMMIT, CommitStatus.State.SUCCESS, "ok")).isInstanceOf(Sent.Later.class);
    }

    @Test
    void aFileOfACommitIsRead() throws InterruptedException {
        GithubSettings settings = settings(GithubStandIn.TOKEN);
        String web = "https://github.com/octo/web.git";
        assertThat(forge.read(web, "abc123", ".millwright/a b.yaml", settings))
                .contains(Payload.of("steps: []\n"));
        assertThat(forge.read(web, "abc123", "none.yaml", settings)).isEmpty();
        assertThatThrownBy(() -> forge.read(web, "abc123", "none.yaml", settings("other")))
                .isInstanceOf(PluginException.class)
                .hasMessageContaining("401");
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/octo/web.git, true",
        "git@github.com:octo/web.git, true",
        "https://gitlab.com/octo/web.git, false",
        "https://github.com/octo/more/web.git, false",
        "/srv/git/web.git, false"
    })
    void itKnowsItsOwnHost(String repository, boolean known) {
        assertThat(forge.handles(repository, settings("t"))).isEqualTo(known);
    }
}
