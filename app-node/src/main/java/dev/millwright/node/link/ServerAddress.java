package dev.millwright.node.link;

/// Where a server takes nodes in, such as `ci.example.org:10001` or `[::1]:10001`.
///
/// @param host without brackets
record ServerAddress(String host, int port) {
    private static final int MOST = 65_535;

    static ServerAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.contains(":")) {
            host = "";
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (!host.isBlank() && port > 0 && port <= MOST) {
                return new ServerAddress(host, port);
            }
        } catch (NumberFormatException malformed) {
            // Said below, as for every other address that is none
        }
        throw new LinkException(
                "'%s' is not the address of a server; addresses look like ci.example.org:10001"
                        .formatted(text));
    }
}
