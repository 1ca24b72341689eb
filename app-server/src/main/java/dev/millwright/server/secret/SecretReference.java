package dev.millwright.server.secret;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.plugin.secret.SecretName;
import java.util.Optional;
import java.util.regex.Matcher;

/// `${secret:STORE/PATH#KEY}`, taken apart.
///
/// @param store name of a `SecretStore`
/// @param key empty when the reference names none
record SecretReference(String store, String path, String key) {

    /// Empty when it has another form.
    static Optional<SecretReference> parse(String text) {
        Matcher form = SecretSource.OF_STORE.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String whole = form.group(1);
        int slash = whole.indexOf('/');
        int hash = whole.indexOf('#');
        int end = hash < 0 ? whole.length() : hash;
        return slash <= 0 || slash + 1 >= end
                ? Optional.empty()
                : Optional.of(
                        new SecretReference(
                                whole.substring(0, slash),
                                whole.substring(slash + 1, end),
                                hash < 0 ? "" : whole.substring(hash + 1)));
    }

    SecretName name(String namespace) {
        return new SecretName(namespace, path, key);
    }
}
