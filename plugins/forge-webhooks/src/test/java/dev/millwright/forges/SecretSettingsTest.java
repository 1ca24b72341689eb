package dev.millwright.forges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.engine.binding.BindingException;
import dev.millwright.engine.binding.KnownSecrets;
import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.scm.CommitStatus;
import dev.millwright.plugin.scm.ScmProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Tokens of forges and secrets of hooks come from wherever an administrator keeps them, and are
/// never written down.
final class SecretSettingsTest {
    private static final String VALUE = "secret-TOKEN";

    /// A machine, and a store that has been asked.
    private static final SecretSource SECRETS =
            KnownSecrets.of(
                    reference ->
                            reference.equals("${env:TOKEN}")
                                            || reference.equals("${file:/run/secrets/token}")
                                    ? Optional.of(VALUE)
                                    : Optional.empty(),
                    Map.of("${secret:vault/forge#token}", Secret.of(VALUE)));

    private enum Written {
        OF_THE_ENVIRONMENT("${env:TOKEN}"),
        OF_A_FILE("${file:/run/secrets/token}"),
        OF_A_STORE(Map.of("from_secret", "vault/forge#token")),
        OF_A_STORE_AS_TEXT("${secret:vault/forge#token}");

        private final Object value;

        Written(Object value) {
            this.value = value;
        }
    }

    private static Map<String, Object> settings(Forge forge, String api, Object token) {
        Map<String, Object> settings = new HashMap<>(forge.settings(api));
        settings.put("token", token);
        return settings;
    }

    private static <C extends Record> Sent show(
            ScmProvider<C> provider, Map<String, Object> settings, CommitStatus status)
            throws InterruptedException {
        return provider.setStatus(status, bind(provider.configuration(), settings));
    }

    private static <C extends Record> C bind(Class<C> type, Map<String, Object> written) {
        return RecordBinder.bind(type, new Parameters(written), SECRETS);
    }

    @ParameterizedTest
    @EnumSource
    void aForgeIsShownItsTokenWhereverThatIsKept(Forge forge) throws Exception {
        CommitStatus status =
                new CommitStatus(
                        new RunId(UUID.fromString("0194ba2f-0000-7000-8000-000000000001")),
                        forge.repository,
                        "6dcb09b5b57875f334f61aebed695e2e4193db5e",
                        CommitStatus.State.SUCCESS,
                        "millwright/web",
                        "run 17",
                        "https://ci.example.org/api/v1/runs/17",
                        0);
        for (Written written : Written.values()) {
            try (ForgeStandIn standIn = new ForgeStandIn(forge)) {
                // It takes nothing from whoever shows another token
                assertThat(
                                show(
                                        forge.provider(),
                                        settings(forge, standIn.api(), written.value),
                                        status))
                        .as(written.name())
                        .isEqualTo(Sent.DONE);
                assertThat(standIn.shown()).as(written.name()).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenIsNotWrittenDownNorIsItSeenInTheSettings(Forge forge) {
        Class<? extends Record> type = forge.provider().configuration();
        String api = "https://git.example.org/api";

        assertThat(bind(type, settings(forge, api, Written.OF_A_STORE.value)).toString())
                .contains("******")
                .doesNotContain(VALUE);
        assertThatThrownBy(() -> bind(type, settings(forge, api, VALUE)))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("a secret is not written down itself")
                .hasMessageNotContaining(VALUE);
        assertThatThrownBy(
                        () -> bind(type, settings(forge, api, Map.of("from_secret", "vault/none"))))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("${secret:vault/none} refers to nothing");
    }

    @ParameterizedTest
    @EnumSource
    void aHookIsProvenWithItsSecretWhereverThatIsKept(Written written) {
        ForgeHook hook = bind(ForgeHook.class, Map.of("secret", written.value));

        assertThat(hook.secret().matches(VALUE)).isTrue();
        assertThat(hook.toString()).doesNotContain(VALUE);
    }

    @Test
    void theSecretOfAHookIsNotWrittenDown() {
        assertThatThrownBy(() -> bind(ForgeHook.class, Map.of("secret", VALUE)))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("a secret is not written down itself");
    }
}
