package dev.millwright.model.plan;

/// What a child is for in its group.
///
/// `SETUP` children run first, in order; when one goes bad the body is skipped. `ENSURE`, then
/// `TEARDOWN` children run last, in order, whatever happened, also after a cancel.
public enum Role {
    SETUP,
    BODY,
    ENSURE,
    TEARDOWN;

    /// Whether the child runs even when its group was cancelled or went bad.
    public boolean isAlways() {
        return this == ENSURE || this == TEARDOWN;
    }
}
