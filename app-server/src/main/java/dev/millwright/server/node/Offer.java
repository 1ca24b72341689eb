package dev.millwright.server.node;

import dev.millwright.model.NodeName;
import java.util.UUID;

/// What the nodes say when one of them is asked to take a leaf.
public sealed interface Offer {
    /// A node takes it; a slot is kept for the attempt until it is released.
    ///
    /// @param session the connection over which the node gets its work at this moment
    record Taken(NodeName node, UUID session) implements Offer {}

    /// One could, but not now.
    record Busy(String message) implements Offer {}

    /// None ever will, as they are.
    ///
    /// @param cause one word for programs
    record Unfit(String cause, String message) implements Offer {}
}
