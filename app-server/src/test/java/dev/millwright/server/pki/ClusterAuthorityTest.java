package dev.millwright.server.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How the authority comes into being, and when it does not open.
@Timeout(60)
class ClusterAuthorityTest {
    private static final int AT_ONCE = 6;

    @TempDir Path folder;
    private Database database;

    /// Another one in the class that does the same on PostgreSQL.
    Database database(Path directory) {
        return TestDatabases.embedded(directory);
    }

    @BeforeEach
    void open() {
        database = database(folder.resolve("db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Path home(String name) {
        return folder.resolve(name);
    }

    private ClusterAuthority create(String home) {
        return ClusterAuthority.create(database, "", home(home));
    }

    private static String key() {
        return ClusterKey.random("a test").secret();
    }

    private int authorities() {
        return database.read(tx ->
                tx.handle()
                        .createQuery("select count(*) from authorities")
                        .mapTo(Integer.class)
                        .one());
    }

    private byte[] sealed() {
        return database.read(
                tx -> tx.dao(AuthorityDao.class).find("root").orElseThrow().sealedKey());
    }

    private void seal(byte[] changed) {
        database.change(tx ->
                tx.handle()
                        .createUpdate("update authorities set sealed_key = :key")
                        .bind("key", changed)
                        .execute());
    }

    @Test
    void theFirstStartMakesAnAuthorityAndAKeyThatOnlyItsOwnerCanRead() throws Exception {
        X509Certificate root = create("one").certificate();

        Path file = home("one").resolve("cluster.key");
        assertThat(Base64.getDecoder().decode(Files.readString(file).strip())).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.list(home("one"))).containsExactly(file);
        root.verify(root.getPublicKey());
        assertThat(root.getBasicConstraints()).isZero();
        assertThat(root.getKeyUsage()).startsWith(false, false, false, false, false, true, true);
        assertThat(Duration.between(Instant.now(), root.getNotAfter().toInstant()))
                .isBetween(Duration.ofDays(3_649), Duration.ofDays(3_651));
    }

    @Test
    void laterStartsOpenTheSameAuthority() {
        ClusterAuthority first = create("one");

        assertThat(create("one").certificate()).isEqualTo(first.certificate());
        assertThat(create("one").fingerprint()).matches("[0-9a-f]{64}");
        assertThat(authorities()).isEqualTo(1);
    }

    @Test
    void thePrivateKeyIsNotReadableInTheDatabase() {
        create("one");

        // The beginning of every private key of this kind in PKCS#8
        assertThat(new String(sealed(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("\u0006\u0007*\u0086H\u00ce=\u0002\u0001");
    }

    @Test
    void aMissingKeyIsAnErrorAndNoReasonForASecondAuthority() throws Exception {
        create("one");
        Files.delete(home("one").resolve("cluster.key"));

        assertThatThrownBy(() -> create("one"))
                .isInstanceOf(AuthorityException.class)
                .hasMessageContaining("the key that opens it is missing")
                .hasMessageContaining(home("one").resolve("cluster.key").toString())
                .hasMessageContaining("cluster.key");
        assertThat(home("one").resolve("cluster.key")).doesNotExist();
        assertThat(authorities()).isEqualTo(1);
    }

    @Test
    void aWrongKeyIsAnErrorAndNoReasonForASecondAuthority() {
        ClusterAuthority.create(database, key(), home("one"));
        String wrong = key();

        assertThatThrownBy(() -> ClusterAuthority.create(database, wrong, home("one")))
                .isInstanceOf(AuthorityException.class)
                .hasMessageContaining("the setting cluster.key holds another key")
                .hasMessageNotContaining(wrong);
        assertThat(authorities()).isEqualTo(1);
    }

    @Test
    void aKeyThatIsNoneIsAnErrorThatDoesNotShowIt() {
        for (String broken : List.of("c2hvcnQ=", "not base64!")) {
            assertThatThrownBy(() -> ClusterAuthority.create(database, broken, home("one")))
                    .isInstanceOf(AuthorityException.class)
                    .hasMessageContaining("openssl rand -base64 32")
                    .hasMessageNotContaining(broken);
        }
        assertThat(authorities()).isZero();
    }

    @Test
    void everyFlippedBitOfTheSealedKeyIsAnError() {
        String key = key();
        ClusterAuthority.create(database, key, home("one"));
        byte[] whole = sealed();
        for (int at : new int[] {0, 11, 12, 40, whole.length - 16, whole.length - 1}) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            seal(changed);
            assertThatThrownBy(() -> ClusterAuthority.create(database, key, home("one")))
                    .as("byte %d", at)
                    .isInstanceOf(AuthorityException.class)
                    .hasMessageContaining("is damaged");
        }
        seal(new byte[3]);
        assertThatThrownBy(() -> ClusterAuthority.create(database, key, home("one")))
                .hasMessageContaining("is damaged");
        seal(whole);
        ClusterAuthority.create(database, key, home("one"));
    }

    @Test
    void aSealedKeyOpensUnderItsOwnNameOnly() {
        ClusterKey key = ClusterKey.random("a test");
        byte[] sealed = key.seal(new byte[] {1, 2, 3}, "root");

        assertThatThrownBy(() -> key.open(sealed, "other"))
                .isInstanceOf(java.security.GeneralSecurityException.class);
    }

    private List<X509Certificate> atOnce(java.util.function.IntFunction<X509Certificate> start)
            throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CyclicBarrier together = new CyclicBarrier(AT_ONCE);
            List<Future<X509Certificate>> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                int number = i;
                all.add(
                        threads.submit(() -> {
                            together.await();
                            return start.apply(number);
                        }));
            }
            List<X509Certificate> made = new ArrayList<>();
            for (Future<X509Certificate> each : all) {
                made.add(each.get());
            }
            return made;
        }
    }

    @Test
    void serversThatStartAtOnceWithOneKeyEndWithOneAuthority() throws Exception {
        String key = key();

        assertThat(
                        Set.copyOf(
                                atOnce(i ->
                                        ClusterAuthority.create(database, key, home("s" + i))
                                                .certificate())))
                .hasSize(1);
        assertThat(authorities()).isEqualTo(1);
    }

    @Test
    void serversThatStartAtOnceInOneDirectoryEndWithOneAuthority() throws Exception {
        assertThat(Set.copyOf(atOnce(_ -> create("shared").certificate()))).hasSize(1);
    }

    @Test
    void ofServersThatStartAtOnceWithKeysOfTheirOwnOneStartsAndTheOthersSayWhatToDo()
            throws Exception {
        List<String> refused = java.util.Collections.synchronizedList(new ArrayList<>());
        var _ =
                atOnce(i -> {
                    try {
                        return create("s" + i).certificate();
                    } catch (AuthorityException e) {
                        refused.add(e.getMessage());
                        return null;
                    }
                });

        assertThat(refused)
                .hasSize(AT_ONCE - 1)
                .allSatisfy(said -> assertThat(said).contains("is missing: copy"));
        assertThat(authorities()).isEqualTo(1);
        // A useless key is not left behind: with the right one in its place the server starts
        try (var homes = Files.walk(folder)) {
            assertThat(homes.filter(path -> path.endsWith("cluster.key"))).hasSize(1);
        }
    }

    @Test
    void aServersCertificateNamesItsAddressesAndNothingElseItCouldBe() throws Exception {
        ClusterAuthority authority = create("one");
        ServerNames names =
                ServerNames.ofThisMachine(List.of("ci.example.org", "[2001:db8::7]", "10.9.8.7"));

        ServerKeys.Shown shown = authority.newServerKey(names, Instant.now());

        X509Certificate certificate = shown.chain().getFirst();
        certificate.verify(authority.certificate().getPublicKey());
        assertThat(shown.chain()).last().isEqualTo(authority.certificate());
        List<Object> said =
                certificate.getSubjectAlternativeNames().stream()
                        .<Object>map(name -> name.get(1))
                        .toList();
        assertThat(said)
                .contains(
                        "localhost",
                        "127.0.0.1",
                        "0:0:0:0:0:0:0:1",
                        "ci.example.org",
                        "10.9.8.7",
                        "2001:db8:0:0:0:0:0:7",
                        "spiffe://millwright/server");
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(Duration.between(Instant.now(), certificate.getNotAfter().toInstant()))
                .isLessThanOrEqualTo(Duration.ofDays(7));
    }
}
