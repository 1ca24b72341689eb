package dev.millwright.host;

import dev.millwright.host.use.Point;
import dev.millwright.host.use.Use;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.secret.SecretLookup;
import dev.millwright.plugin.secret.SecretName;
import dev.millwright.plugin.secret.SecretStore;
import java.time.Duration;

/// Sources of small plugins, and the shortest way to call them.
final class Samples {
    private static final SecretName NAME = new SecretName("default", "path", "key");

    private Samples() {}

    /// A secret store that answers with the text that the Java statements give.
    static String store(String name, String kind, String statements) {
        return """
        package sample;
        import dev.millwright.model.Parameters;
        import dev.millwright.plugin.*;
        import dev.millwright.plugin.secret.*;
        public final class %s implements SecretStore<Parameters> {
            public String kind() { return "%s"; }
            public Class<Parameters> configuration() { return Parameters.class; }
            public SecretLookup find(SecretName name, Parameters settings) throws InterruptedException {
                return new SecretLookup.Found(Secret.of(answer()));
            }
            private String answer() throws InterruptedException { %s }
        }
        """
                .formatted(name, kind, statements);
    }

    static String ask(PluginHost host, String kind) throws InterruptedException {
        return ask(host.extensions().find(Point.SECRET_STORE, kind).orElseThrow());
    }

    static String ask(Use<SecretStore<?>> use) throws InterruptedException {
        return ask(use, Duration.ofSeconds(20));
    }

    static String ask(Use<SecretStore<?>> use, Duration deadline) throws InterruptedException {
        SecretLookup found = use.call("find", deadline, Samples::find);
        return ((SecretLookup.Found) found).secret().reveal();
    }

    private static <C extends Record> SecretLookup find(SecretStore<C> store)
            throws InterruptedException {
        return store.find(NAME, store.configuration().cast(Parameters.NONE));
    }
}
