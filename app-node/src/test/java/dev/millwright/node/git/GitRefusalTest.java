package dev.millwright.node.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.node.RepositoryLogin;
import dev.millwright.plugin.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class GitRefusalTest {
    private static final String END = "ended with exit code 128";

    @Test
    void theCauseStandsBeforeTheCommand() {
        assertThat(
                        GitRefusal.message(
                                List.of("-c", "a=b", "fetch", "--quiet", "https://me:pw@x/y.git"),
                                END,
                                "fatal: 'x' does not appear to be a git repository\nfatal: no\n",
                                RepositoryLogin.NONE))
                .isEqualTo(
                        """
                        git fetch failed: fatal: 'x' does not appear to be a git repository
                        fatal: no
                        'git -c a=b fetch --quiet https://***@x/y.git' ended with exit code 128\
                        """);
    }

    @Test
    void whoLacksCredentialsIsToldHowToGiveThem() {
        assertThat(
                        GitRefusal.message(
                                List.of("fetch"),
                                END,
                                "error: unable to read askpass response from '/bin/false'\n"
                                        + "fatal: could not read Username for 'https://x'",
                                RepositoryLogin.NONE))
                .startsWith("git fetch failed: fatal: could not read Username for 'https://x'\n")
                .contains("SSH key", "credential.helper")
                .doesNotContain("askpass");
        assertThat(
                        GitRefusal.message(
                                List.of("fetch"),
                                END,
                                "git@x: Permission denied (publickey).",
                                RepositoryLogin.NONE))
                .contains("SSH key");
        assertThat(
                        GitRefusal.message(
                                List.of("fetch"),
                                END,
                                "fatal: no such branch",
                                RepositoryLogin.NONE))
                .doesNotContain("SSH key");
    }

    @Test
    void aCommandWithoutWordsSaysHowItEnded() {
        assertThat(
                        GitRefusal.message(
                                List.of("gc"),
                                "took too long and was stopped",
                                " ",
                                RepositoryLogin.NONE))
                .startsWith("git gc failed: took too long and was stopped\n");
    }

    @Test
    void whoseCredentialsAreNotTakenIsToldWhichTheyAreAndNotTheirValue() {
        RepositoryLogin login =
                new RepositoryLogin(
                        "0".repeat(32), "ci", Secret.of("h4rd-to-guess"), null, List.of(), true);

        assertThat(
                        GitRefusal.message(
                                List.of("fetch"),
                                END,
                                "remote: h4rd-to-guess is no token\nfatal: Authentication failed",
                                login))
                .contains("remote: ****** is no token", "'password' or 'key'", "'user'")
                .doesNotContain("h4rd-to-guess", "credential.helper");
        assertThat(
                        GitRefusal.message(
                                List.of("fetch"), END, "fatal: repository 'x' not found", login))
                .contains("'password' or 'key'");
        assertThat(
                        GitRefusal.message(
                                List.of("fetch"), END, "Host key verification failed.", login))
                .contains("'knownHosts'");
    }
}
