package dev.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.host.use.Point;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.secret.SecretLookup;
import dev.millwright.plugin.secret.SecretName;
import dev.millwright.plugin.secret.SecretStore;
import org.junit.jupiter.api.Test;

/// What every [SecretStore] has to hold.
///
/// ```java
/// final class VaultContractIT extends SecretStoreContract {
///     @Override protected String kind() { return "vault"; }
///     @Override protected Map<String, Object> configuration() { return Map.of("url", vault.url()); }
///     @Override protected SecretName known() { return new SecretName("default", "ci/nexus", "token"); }
///     @Override protected String value() { return "hush"; }
/// }
/// ```
public abstract class SecretStoreContract extends ExtensionContract<SecretStore<?>> {
    /// A secret that is in the store.
    protected abstract SecretName known();

    /// Its value.
    protected abstract String value();

    @Override
    protected final Point<SecretStore<?>> point() {
        return Point.SECRET_STORE;
    }

    private SecretLookup find(SecretName name) throws InterruptedException {
        return loaded().secretStore(kind(), configuration()).find(name);
    }

    @Test
    void aSecretThatIsThereIsFound() throws InterruptedException {
        assertThat(find(known())).isEqualTo(new SecretLookup.Found(Secret.of(value())));
    }

    @Test
    void aSecretThatIsNotThereIsMissing() throws InterruptedException {
        SecretName unknown = new SecretName(known().namespace(), "no/such/path", "key");
        assertThat(find(unknown)).isEqualTo(new SecretLookup.Missing());
    }

    @Test
    void theValueIsNotPrinted() throws InterruptedException {
        assertThat(find(known()).toString()).doesNotContain(value());
    }
}
