package dev.millwright.gitpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.gitpoll.GitPollSettings.Scheme;
import dev.millwright.plugin.PluginException;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "https://Git.Example.org/a/b.git, HTTPS, git.example.org",
        "https://git.example.org:8443/a.git, HTTPS, git.example.org:8443",
        "http://git.example.org/a.git, HTTP, git.example.org",
        "ssh://git@git.example.org:2222/a.git, SSH, git.example.org:2222",
        "git@git.example.org:a/b.git, SSH, git.example.org",
        "/srv/a.git, FILE, this machine",
        "file:///srv/a.git, FILE, this machine",
    })
    void knowsHowARepositoryIsReached(String text, Scheme scheme, String host) {
        Address address = Address.parse(text, Set.of(Scheme.values()));
        assertThat(address.scheme()).isEqualTo(scheme);
        assertThat(address.host()).isEqualTo(host);
    }

    @ParameterizedTest
    @Tag("S27")
    @ValueSource(
            strings = {
                "",
                "-x",
                "git://git.example.org/a.git",
                "ftp://git.example.org/a.git",
                "amazon-s3://k@bucket/a.git",
                "ssh://-oProxyCommand=x/a.git",
                "ssh://-lroot@git.example.org/a.git",
                "https:///a.git",
                "https://ada:pass@git.example.org/a.git",
                "https://ghp_pass@git.example.org/a.git",
                "ssh://ada:pass@git.example.org/a.git",
                "https://git.example.org/a b.git",
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> Address.parse(text, Set.of(Scheme.values())))
                .isInstanceOf(PluginException.class)
                .hasMessageNotContaining("pass@");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://git.example.org/a.git", "http://127.0.0.1.example.org/a.git"})
    void noPasswordGoesThroughTheNetworkForEverybodyToRead(String text) {
        Address address = Address.parse(text, Set.of(Scheme.HTTP));
        assertThatThrownBy(address::checkMayCarryPassword)
                .isInstanceOf(PluginException.class)
                .hasMessageContaining("use https://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example.org/a.git",
                "http://127.0.0.1:8080/a.git",
                "http://localhost/a.git",
                "http://[::1]:8080/a.git"
            })
    void aPasswordMayGoWhereNobodyElseReadsIt(String text) {
        Address address = Address.parse(text, Set.of(Scheme.HTTP, Scheme.HTTPS));
        assertThatCode(address::checkMayCarryPassword).doesNotThrowAnyException();
    }

    @Test
    void saysWhatIsAllowed() {
        assertThatThrownBy(() -> Address.parse("/srv/a.git", Set.of(Scheme.SSH, Scheme.HTTPS)))
                .hasMessage(
                        "repositories may not be reached by 'file', only by https, ssh; the administrator allows it with 'schemes: [https, ssh, file]' in plugins/git-poll.yaml of the data directory");
    }
}
