package dev.millwright.server.event;

import dev.millwright.server.store.Tx;

/// Take a place in the journal at once, instead of just before the commit.
final class RawEvents {
    private RawEvents() {}

    static void insert(Tx tx, String type) {
        tx.handle()
                .execute(
                        "insert into events (at, namespace, type, subject, data) values (current_timestamp, 'main', ?, 's', '{}')",
                        type);
    }
}
