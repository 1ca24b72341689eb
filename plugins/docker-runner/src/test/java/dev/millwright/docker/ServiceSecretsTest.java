package dev.millwright.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.docker.settings.ContainerStep;
import dev.millwright.docker.settings.ServiceSettings;
import dev.millwright.engine.binding.KnownSecrets;
import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceSecretsTest {
    @Test
    void theEnvironmentOfAServiceHoldsValuesOfStores() {
        Parameters step =
                new Parameters(
                        Map.of(
                                "services",
                                List.of(
                                        Map.of(
                                                "name",
                                                "db",
                                                "image",
                                                "postgres:17",
                                                "environment",
                                                Map.of(
                                                        "POSTGRES_DB",
                                                        "web",
                                                        "POSTGRES_PASSWORD",
                                                        Map.of("from_secret", "nexus/db#word"))))));
        KnownSecrets secrets =
                KnownSecrets.of(
                        _ -> Optional.empty(),
                        Map.of("${secret:nexus/db#word}", Secret.of("tr0ub4dor")));

        assertThat(RecordBinder.bind(ContainerStep.class, step, secrets).services())
                .singleElement()
                .extracting(ServiceSettings::environment)
                .isEqualTo(Map.of("POSTGRES_DB", "web", "POSTGRES_PASSWORD", "tr0ub4dor"));
    }
}
