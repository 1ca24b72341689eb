package dev.millwright.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessKeysTest {
    @TempDir Path data;
    private Database database;

    @BeforeEach
    void open() {
        database = TestDatabases.embedded(data.resolve("db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theFirstStartMakesAnAdministratorsKeyThatOnlyItsOwnerCanRead() throws Exception {
        AccessKeys keys = AccessKeys.create(database, data);
        String key = keys.made().orElseThrow();
        assertThat(key).matches("mw_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}");
        assertThat(Files.readString(keys.file())).isEqualTo(key + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.file())))
                .isEqualTo("rw-------");
        Identity identity = keys.check(key).orElseThrow();
        assertThat(identity.role()).isEqualTo(Role.ADMIN);
        assertThat(identity.name()).startsWith("admin@");
    }

    @Test
    void laterStartsKeepTheKeyAndDoNotShowIt() {
        String key = AccessKeys.create(database, data).made().orElseThrow();
        AccessKeys again = AccessKeys.create(database, data);
        assertThat(again.made()).isEmpty();
        assertThat(again.check(key)).isPresent();
    }

    @Test
    void theKeyItselfIsNotInTheDatabase() {
        String key = AccessKeys.create(database, data).made().orElseThrow();
        String secret = key.substring(key.lastIndexOf('_') + 1);
        String stored =
                database.read(tx ->
                        tx.handle()
                                .createQuery("select hash || name || id from access_keys")
                                .mapTo(String.class)
                                .one());
        assertThat(stored).doesNotContain(secret);
    }

    @Test
    void aLostFileIsReplacedAndTheOldKeyStopsWorking() throws Exception {
        AccessKeys first = AccessKeys.create(database, data);
        String old = first.made().orElseThrow();
        Files.delete(first.file());
        AccessKeys second = AccessKeys.create(database, data);
        assertThat(second.made()).isPresent();
        assertThat(second.check(old)).isEmpty();
    }

    @Test
    void aFileThatDoesNotFitTheDatabaseIsReplaced() throws Exception {
        Files.writeString(data.resolve("admin.key"), "mw_abcdefgh_" + "x".repeat(43) + "\n");
        AccessKeys keys = AccessKeys.create(database, data);
        assertThat(keys.check(keys.made().orElseThrow())).isPresent();
    }

    @Test
    void anythingElseIsRefused() {
        AccessKeys keys = AccessKeys.create(database, data);
        String key = keys.made().orElseThrow();
        char last = key.charAt(key.length() - 1);
        String wrong = key.substring(0, key.length() - 1) + (last == 'a' ? 'b' : 'a');
        for (String shown :
                new String[] {"", "mw_", wrong, key + "a", key.toLowerCase() + "!", "' or 1=1"}) {
            assertThat(keys.check(shown)).as(shown).isEqualTo(Optional.empty());
        }
    }

    @Test
    void aKeyThatWasTakenAwayStopsWorkingWithinASecond() {
        AccessKeys keys = AccessKeys.create(database, data);
        String key = keys.made().orElseThrow();
        assertThat(keys.check(key)).isPresent();
        database.change(tx -> tx.handle().execute("delete from access_keys"));
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(1))
                .until(() -> keys.check(key).isEmpty());
    }

    @Test
    void keysAreNotPrinted() {
        AccessKey key = AccessKey.random(new java.security.SecureRandom());
        assertThat(key.toString()).doesNotContain(key.secret());
        assertThat(AccessKeys.isIn("?x=" + key.secret())).isTrue();
        assertThat(AccessKeys.isIn(key.toString())).isFalse();
    }

    @Test
    void rolesAllowWhatIsBelowThem() {
        assertThat(Role.VIEWER.allows(Access.VIEW)).isTrue();
        assertThat(Role.VIEWER.allows(Access.OPERATE)).isFalse();
        assertThat(Role.OPERATOR.allows(Access.OPERATE)).isTrue();
        assertThat(Role.OPERATOR.allows(Access.ADMIN)).isFalse();
        assertThat(Role.ADMIN.allows(Access.ADMIN)).isTrue();
    }
}
