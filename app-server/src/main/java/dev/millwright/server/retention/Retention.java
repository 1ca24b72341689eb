package dev.millwright.server.retention;

import dev.millwright.server.store.Database;
import java.time.Instant;

/// Remove what is older or more than the policy allows; runs that go on are never touched.
///
/// Called from any thread; passes at the same time are harmless.
public final class Retention {
    private Retention() {}

    public static Retention create(Database database, RetentionPolicy policy) {
        throw new UnsupportedOperationException();
    }

    /// One pass; tells what it removed.
    public Removed run(Instant now) {
        throw new UnsupportedOperationException();
    }
}
