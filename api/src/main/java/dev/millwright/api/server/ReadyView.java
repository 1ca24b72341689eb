package dev.millwright.api.server;

import java.util.List;

/// Whether the server can do its work, part by part. It travels with 200 when ready, else with 503.
public record ReadyView(boolean ready, List<Check> checks) {
    public ReadyView {
        checks = List.copyOf(checks);
    }

    /// One part.
    ///
    /// @param name `database`, `queue`, `sources` or `node`
    /// @param required whether the server is not ready without it
    /// @param detail what is wrong; may be empty
    public record Check(String name, boolean ok, boolean required, String detail) {}
}
