package dev.millwright.docker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.Parameters;
import dev.millwright.plugin.runner.RunnerException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepCredentialsTest {
    private static Parameters with(Object password) {
        return new Parameters(
                Map.of(
                        "registries",
                        List.of(
                                Map.of(
                                        "address",
                                        "evil.example.org",
                                        "username",
                                        "ci",
                                        "password",
                                        password))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${env:TOKEN}", "${file:/root/.docker/config.json}", "plain"})
    void noPipelineSendsWhatTheMachineKnowsToARegistryOfItsChoice(String password) {
        assertThatThrownBy(() -> StepCredentials.check(with(password)))
                .isInstanceOf(RunnerException.class)
                .hasMessageContaining("from_secret");
        Parameters single = new Parameters(Map.of("registries", Map.of("password", password)));
        assertThatThrownBy(() -> StepCredentials.check(single)).isInstanceOf(RunnerException.class);
    }

    @Test
    void aSecretOfAStoreIsTheStepsOwn() {
        assertThatCode(
                        () -> {
                            StepCredentials.check(with("${secret:nexus/a#b}"));
                            StepCredentials.check(with(Map.of("from_secret", "nexus/a#b")));
                            StepCredentials.check(Parameters.NONE);
                        })
                .doesNotThrowAnyException();
    }
}
