package dev.millwright.server.poll;

import java.util.UUID;

/// A look that this server carries out.
///
/// @param claim its fence: what it brings counts as long as the row has the same
/// @param failures in a row before it
record Look(WrittenPoll poll, UUID claim, int failures) {
    PollKey key() {
        return poll.key();
    }

    String type() {
        return poll.poll().type();
    }
}
