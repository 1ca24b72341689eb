package dev.millwright.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest extends DatabaseContract {
    @Override
    Database open() {
        return Database.open(DatabaseSettings.embedded(directory));
    }

    @Test
    void r52RefusesASecondServerOnTheSameFile() {
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another server (process " + ProcessHandle.current().pid())
                .hasMessageContaining("stop it first");
    }

    @Test
    void opensAgainAfterItWasClosed() {
        database.close();

        try (Database again = open()) {
            again.ping();
        }
    }

    @Test
    void r20RefusesADelayOfWrites(@TempDir Path other) throws Exception {
        String url = "jdbc:h2:file:" + other.resolve("delayed");
        try (var connection = DriverManager.getConnection(url)) {
            assertThatThrownBy(() -> Migrations.assertDurable(connection, true))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("WRITE_DELAY=500");
        }
    }

    @Test
    void r20RefusesADelayAlsoWhereTheFileSaysThatThereIsNone(@TempDir Path other) throws Exception {
        String url = "jdbc:h2:file:" + other.resolve("delayed");
        try (var connection = DriverManager.getConnection(url + ";WRITE_DELAY=0")) {
            assertThat(connection.isValid(1)).isTrue();
        }

        // H2 shows the stored value first, but does not use it
        try (var connection = DriverManager.getConnection(url)) {
            assertThatThrownBy(() -> Migrations.assertDurable(connection, true))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("WRITE_DELAY=0,500");
        }
    }

    @Test
    void staysOpenWhenThreadsThatUseItAreInterrupted() throws Exception {
        for (int i = 0; i < 50; i++) {
            int round = i;
            Thread writer =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    for (int n = 0; n < 50; n++) {
                                        database.change(tx ->
                                                tx.handle()
                                                        .execute(
                                                                "insert into things (id, note) values (random_uuid(), 'x')"));
                                    }
                                } catch (StoreException interrupted) {
                                    // Waiting for a connection ends with the interrupt
                                }
                            });
            Thread.sleep(0, round * 20_000 % 900_000);
            writer.interrupt();
            writer.join();
            database.ping();
        }
    }

    @Test
    void closesItsFile() throws Exception {
        database.close();

        assertThat(Files.list(directory).map(path -> path.getFileName().toString()))
                .containsExactlyInAnyOrder("millwright.mv.db", "millwright.lock");
        database = open();
    }
}
