package dev.millwright.forgekit.status;

import dev.millwright.plugin.Secret;
import java.net.URI;
import java.time.Duration;

/// What every forge's settings hold; the record of each forge is one.
public interface ForgeAccess {
    Secret token();

    /// How long an answer is waited for.
    Duration timeout();

    /// Throws [IllegalArgumentException] when it is no address of an API.
    ///
    /// @param example for people
    static void checkApi(URI api, String example) {
        if (api.getHost() == null) {
            throw new IllegalArgumentException(
                    "api '%s' is no address such as %s".formatted(api, example));
        }
    }

    /// Throws [IllegalArgumentException] when nothing could arrive in time.
    static void checkTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout has to be longer than nothing");
        }
    }
}
