package dev.millwright.server.access;

/// What a caller must be allowed to do to use a route. Every route names one; there is no default.
public enum Access {
    /// Anybody.
    OPEN,
    /// Anybody whose request carries a proof of its own, which the hook checks.
    HOOK,
    /// May look at everything.
    VIEW,
    /// May also start, cancel, repeat and approve runs.
    OPERATE,
    /// May do everything.
    ADMIN
}
