package dev.millwright.node.git;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.plugin.NetworkWall;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Addresses of repositories that come from elsewhere, just before git is told.
@Tag("S27")
final class GitUrlTest {
    private static final GitSettings STRICT =
            new GitSettings(
                    false, false, Duration.ofSeconds(1), NetworkWall.CLOSED, GitLimits.DEFAULT);

    private static final GitSettings OPEN = GitSettings.DEFAULT;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/a.git",
                "https://example.org:8443/a.git",
                "ssh://git@example.org:2222/a.git",
                "git@example.org:team/a.git",
                "example.org:a.git"
            })
    void theUsualOnesAreTaken(String url) {
        assertThatCode(() -> GitUrl.check(url, STRICT)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org/a.git", "file:///srv/a.git", "/etc", "file:///etc"})
    void someOnlyWhereTheAdministratorAllowsThem(String url) {
        assertThatCode(() -> GitUrl.check(url, GitSettings.DEFAULT)).doesNotThrowAnyException();
        assertThatThrownBy(() -> GitUrl.check(url, STRICT))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("only where")
                .hasMessageContaining("'git.allow-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://[::1]/a.git",
                "https://[::ffff:127.0.0.1]:8443/a.git",
                "https://127.0.0.1:8443/a.git",
                "https://0x7f000001/a.git",
                "https://169.254.169.254/latest/meta-data",
                "ssh://git@10.1.2.3/a.git",
                "git@192.168.1.1:a.git"
            })
    void addressesOfMachinesThatAreNotEverybodysAreRefused(String url) {
        assertThatThrownBy(() -> GitUrl.check(url, STRICT))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("is refused");
        assertThatCode(() -> GitUrl.check(url.replace("0x7f000001", "10.0.0.1"), OPEN))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https:///a.git",
                "https://ada@example.org/a.git",
                "https://ada:secret@example.org/a.git",
                "--upload-pack=touch /tmp/pwn",
                "ext::sh -c touch% /tmp/pwn",
                "ext::ssh://example.org/a",
                "fd::17",
                "ssh://-oProxyCommand=x/a",
                "ssh://git@-oProxyCommand=x/a",
                "ssh://a@b@-oProxyCommand=x/a",
                "ssh://%2DoProxyCommand=x/a",
                "-oProxyCommand=x:a",
                "git@-oProxyCommand=x:a",
                "example.org:-oProxyCommand=x",
                "git://example.org/a",
                "ftp://example.org/a",
                "amazon-s3://.x@bucket/a",
                "HTTPS+EXT://example.org/a",
                "relative/path",
                "https://example.org/a\nb",
                "https://example.org/a\rb",
                "https://example.org/a\0b"
            })
    void everythingElseIsRefused(String url) {
        assertThatThrownBy(() -> GitUrl.check(url, GitSettings.DEFAULT))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("is refused");
    }
}
