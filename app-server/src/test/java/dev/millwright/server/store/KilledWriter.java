package dev.millwright.server.store;

import java.nio.file.Path;
import java.util.UUID;

/// Write rows from many threads until killed, and print the number of each row once its commit is
/// promised.
final class KilledWriter {
    static final int WRITERS = 16;

    private KilledWriter() {}

    public static void main(String[] arguments) {
        Database database = Database.open(DatabaseSettings.embedded(Path.of(arguments[0])));
        database.change(tx ->
                tx.handle()
                        .execute(
                                "create table if not exists kept (id uuid primary key, note varchar(4000))"));
        String note = "x".repeat(2_000);
        for (int i = 0; i < WRITERS; i++) {
            Thread.ofPlatform()
                    .start(() -> {
                        while (true) {
                            UUID id = UUID.randomUUID();
                            database.durable(tx ->
                                    tx.handle()
                                            .execute("insert into kept values (?, ?)", id, note));
                            synchronized (System.out) {
                                System.out.println(id);
                                System.out.flush();
                            }
                        }
                    });
        }
    }
}
