package dev.millwright.forgekit.hook;

import java.util.List;
import java.util.Optional;

/// What a forge tells of a branch or tag that moved, came or went. Read only as far as a rule asks,
/// so that what nobody listens to is not read at all. Each method throws [PayloadException] where
/// the payload is not what the forge documents.
public interface PushEvent {
    /// Full ref such as `refs/heads/main`.
    String ref();

    boolean created();

    boolean deleted();

    /// The commit that the ref holds now, also where the ref is a tag with a message of its own.
    String commit();

    /// What the branch held before; empty where there was nothing.
    String previousCommit();

    /// The newest commit, where the forge describes it.
    Optional<HeadCommit> head();

    /// All of them; empty when the forge does not tell all.
    Optional<List<String>> changedFiles();

    /// Whether whoever pushed asked for no run in another way than in the message of a commit.
    default boolean skipped() {
        return false;
    }

    /// A commit as forges describe it; what is not told is empty.
    ///
    /// @param link for people
    record HeadCommit(String message, String link, String author, String authorEmail) {}
}
