package dev.millwright.server;

import dev.millwright.server.store.Database;
import dev.millwright.server.web.http.HttpListener;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/// What every start needs, that needs nothing of Millwright itself and takes its time: readied on a
/// thread of its own while the database is opened. Nothing depends on it; what is not ready when it
/// is needed is made, or waited for, there.
final class HeadStart {
    private HeadStart() {}

    static void begin() {
        var _ = Thread.ofPlatform().daemon().name("head-start").start(HeadStart::run);
    }

    private static void run() {
        try {
            keys();
            Database.prepare();
            // For the figures of JobRunr
            var _ = ManagementFactory.getPlatformMBeanServer();
            HttpListener.prepare();
        } catch (GeneralSecurityException | RuntimeException | LinkageError later) {
            // Whoever needs it meets it again, and can say what for
        }
    }

    /// The first key of a kind of curve makes its tables.
    private static void keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var _ = generator.generateKeyPair();
    }
}
