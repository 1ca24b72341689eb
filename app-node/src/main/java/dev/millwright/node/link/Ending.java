package dev.millwright.node.link;

/// How a conversation with a server ended.
sealed interface Ending {
    /// It broke, or never began.
    ///
    /// @param words for people
    record Broken(String words) implements Ending {}

    /// The server goes down.
    record GoingDown(String words) implements Ending {}

    /// Something that people have to look at: it may get better, but not soon.
    record Refused(String words) implements Ending {}

    /// The node was removed and is not to come back.
    record Removed(String words) implements Ending {}

    /// The node itself wanted it.
    record Closed() implements Ending {}
}
