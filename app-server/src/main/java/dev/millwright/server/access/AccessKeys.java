package dev.millwright.server.access;

import dev.millwright.server.store.Database;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The keys of callers: makes the administrator's key at the first start, and checks what callers
/// show. Called from any thread.
///
/// Whoever can write into the data directory is the administrator of this server; so when the file
/// is gone or does not fit the database, a new key takes the place of this directory's old one.
public final class AccessKeys {
    // A key that was taken away stops working this fast.
    private static final long FRESH_NANOS = Duration.ofMillis(800).toNanos();
    private static final int REMEMBERED = 1_000;

    private record Known(String hash, Identity identity, long at) {}

    private final Database database;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Path file;
    private final @Nullable AccessKey madeOrNull;

    private AccessKeys(Database database, Path file, @Nullable AccessKey madeOrNull) {
        this.database = database;
        this.file = file;
        this.madeOrNull = madeOrNull;
    }

    /// Open the keys of the database, and see to it that `admin.key` in the data directory opens
    /// this server.
    public static AccessKeys create(Database database, Path dataDirectory) {
        AdminKeyFile file = AdminKeyFile.in(dataDirectory);
        boolean fits =
                file.read()
                        .filter(key -> new AccessKeys(database, file.path(), null).holds(key))
                        .isPresent();
        return new AccessKeys(database, file.path(), fits ? null : makeAdmin(database, file));
    }

    private static AccessKey makeAdmin(Database database, AdminKeyFile file) {
        AccessKey key = AccessKey.random(new SecureRandom());
        String name = "admin@" + machine();
        String home = file.path().toAbsolutePath().normalize().toString();
        file.write(key);
        database.change(tx -> {
            AccessKeyDao keys = tx.dao(AccessKeyDao.class);
            keys.deleteOf(name, home);
            keys.insert(key.id(), name, home, key.hash(), Role.ADMIN.word(), tx.now());
        });
        return key;
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "local";
        }
    }

    /// The administrator's key, only in the life of the server that made it; to be shown once.
    public Optional<String> made() {
        return Optional.ofNullable(madeOrNull).map(AccessKey::secret);
    }

    /// Where the administrator's key is kept.
    public Path file() {
        return file;
    }

    /// Who shows this key. Empty when it is no key, unknown, or wrong.
    public Optional<Identity> check(String shown) {
        return AccessKey.parse(shown)
                .flatMap(key ->
                        find(key.id())
                                .filter(found -> same(found.hash(), key.hash()))
                                .map(Known::identity));
    }

    /// Whether a text holds something that looks like a key, which then must not be kept or shown.
    public static boolean isIn(String text) {
        return AccessKey.FORM.matcher(text).find();
    }

    private boolean holds(AccessKey key) {
        return find(key.id()).filter(found -> same(found.hash(), key.hash())).isPresent();
    }

    private Optional<Known> find(String id) {
        long now = System.nanoTime();
        Known remembered = known.get(id);
        if (remembered != null && now - remembered.at() < FRESH_NANOS) {
            return Optional.of(remembered);
        }
        Optional<Known> found =
                database.read(tx -> tx.dao(AccessKeyDao.class).find(id))
                        .map(row ->
                                new Known(
                                        row.hash(),
                                        new Identity(row.id(), row.name(), Role.of(row.role())),
                                        now));
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        found.ifPresentOrElse(key -> known.put(id, key), () -> known.remove(id));
        return found;
    }

    private static boolean same(String stored, String shown) {
        return MessageDigest.isEqual(
                stored.getBytes(StandardCharsets.US_ASCII),
                shown.getBytes(StandardCharsets.US_ASCII));
    }
}
