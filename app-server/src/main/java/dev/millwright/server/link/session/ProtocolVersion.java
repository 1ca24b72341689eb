package dev.millwright.server.link.session;

/// Which version of the conversation two programs speak. Each speaks its newest one and the one
/// before. Pure.
sealed interface ProtocolVersion {
    /// Both speak it; the newest such.
    record Common(int version) implements ProtocolVersion {}

    /// They have none in common.
    ///
    /// @param why says who has to be upgraded
    record None(String why) implements ProtocolVersion {}

    static ProtocolVersion between(int server, int node) {
        if (node < 1) {
            return new None("the node does not say which version of the link it speaks");
        }
        if (node > server + 1) {
            return new None(
                    "the node speaks version %d of the link and this server only up to %d: upgrade the servers first"
                            .formatted(node, server));
        }
        if (node < server - 1) {
            return new None(
                    "the node speaks version %d of the link and this server only from %d: upgrade the node"
                            .formatted(node, server - 1));
        }
        return new Common(Math.min(server, node));
    }
}
