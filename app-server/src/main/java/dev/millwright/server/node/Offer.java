package dev.millwright.server.node;

/// What a node says when it is asked to take a leaf.
public sealed interface Offer {
    /// It takes the leaf; a slot is kept for the attempt until it is released.
    record Taken() implements Offer {}

    /// It could, but not now.
    record Busy(String message) implements Offer {}

    /// It never will, as it is.
    ///
    /// @param cause one word for programs
    record Unfit(String cause, String message) implements Offer {}
}
