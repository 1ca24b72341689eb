package dev.millwright.gitpoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.gitpoll.GitPollSettings.Scheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the Git of this machine knows about a host.
class MachineLoginsTest {
    private static final Address ADDRESS =
            Address.parse("https://git.example.org:8443/team/web.git", Set.of(Scheme.HTTPS));

    @TempDir Path folder;

    private Optional<Credentials.Login> ask(String helper) throws IOException {
        Path config =
                Files.writeString(
                        folder.resolve("config"),
                        "[credential]\n\tuseHttpPath = true\n\thelper = \"%s\"\n"
                                .formatted(helper));
        try (Budget budget = Budget.start(Duration.ofSeconds(20), 1_000)) {
            return MachineLogins.find(
                    ADDRESS,
                    budget,
                    Map.of("GIT_CONFIG_GLOBAL", config.toString(), "GIT_CONFIG_NOSYSTEM", "1"));
        }
    }

    @Test
    void aHelperIsToldOfThePlaceAndAnswers() throws IOException {
        Path asked = folder.resolve("asked");
        Optional<Credentials.Login> login =
                ask("!f() { cat > %s; echo username=ada; echo password=a=b; }; f".formatted(asked));
        assertThat(login).contains(new Credentials.Login("ada", "a=b"));
        assertThat(Files.readString(asked))
                .contains("protocol=https\nhost=git.example.org:8443\npath=team/web.git");
    }

    @Test
    void nobodyIsAskedWhereNoHelperKnows() throws IOException {
        assertThat(ask("!true")).isEmpty();
    }
}
