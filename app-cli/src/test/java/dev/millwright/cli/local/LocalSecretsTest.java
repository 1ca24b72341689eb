package dev.millwright.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secrets in runs without a server.
class LocalSecretsTest {
    private static final String PIPELINE =
            """
            steps:
              - name: upload
                commands: ['echo "it is $TOKEN"', 'test "$TOKEN" = "$(cat expected)"']
                environment:
                  TOKEN: {from_secret: nexus/ci/upload#token}
              - name: free
                commands: ['echo "then $TOKEN"']
            """;

    @TempDir private Path base;
    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws Exception {
        folder = Files.createDirectories(base.resolve("web"));
        Files.writeString(folder.resolve("ci.yaml"), PIPELINE);
        Files.writeString(folder.resolve("expected"), "tr0ub4dor&3");
    }

    private Cli.Result local(Cli cli, String... arguments) {
        List<String> command = new ArrayList<>(List.of("local", "ci.yaml"));
        command.addAll(List.of(arguments));
        return cli.in(folder).run(command.toArray(String[]::new));
    }

    private static void assertUploaded(Cli.Result result) {
        assertThat(result.code()).as(result.out()).isZero();
        assertThat(result.out()).contains("it is ***********").doesNotContain("tr0ub4dor&3");
        assertThat(result.out()).contains("then \n");
    }

    @Test
    void aSecretIsGivenOnTheCommandLine() {
        assertUploaded(local(new Cli(), "--secret", "nexus/ci/upload#token=tr0ub4dor&3"));
    }

    @Test
    void aSecretIsGivenInAFile() throws Exception {
        Files.writeString(
                folder.resolve("secrets"), "# mine\n\nnexus/ci/upload#token=tr0ub4dor&3\n");
        assertUploaded(local(new Cli(), "--secret-file", "secrets"));
    }

    @Test
    void aSecretIsGivenByAVariableOfTheSameName() {
        assertUploaded(local(new Cli().with("TOKEN", "tr0ub4dor&3")));
    }

    @Test
    void aMissingSecretIsToldWithItsPlaceAndHowToGiveIt() {
        Cli.Result result = local(new Cli());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .contains(
                        "ci.yaml:5:28: 'upload' asks for the secret nexus/ci/upload#token for 'TOKEN'")
                .contains("--secret 'nexus/ci/upload#token=VALUE'")
                .contains("environment variable TOKEN");
    }

    @Test
    void whatIsMalformedIsNotRepeated() throws Exception {
        Cli.Result result = local(new Cli(), "--secret", "tr0ub4dor&3");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("STORE/PATH#KEY=VALUE").doesNotContain("tr0ub4dor");
        Files.writeString(folder.resolve("secrets"), "\nnexus=a\n");
        assertThat(local(new Cli(), "--secret-file", "secrets").err())
                .contains("secrets:2: 'nexus' is no name of a secret");
    }
}
