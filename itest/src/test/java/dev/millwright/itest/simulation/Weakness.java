package dev.millwright.itest.simulation;

/// A rule that is switched off, to see that the simulation would notice.
enum Weakness {
    NONE,
    /// The end of an attempt that was given up closes the one that took its place.
    NO_FENCE,
    /// States are stored without comparing, and a leaf may have any number of live attempts.
    NO_COMPARE,
    /// A signal that seems to change nothing is stored without comparing.
    IDLE_UNCOMPARED,
    /// What a node does not know counts as never started, though the node may have forgotten it.
    TRUSTED_MEMORY,
    /// A Hello counts even if a later one of the same node was answered before.
    LATE_HELLO,
    /// A server believes what it remembers of a run until it stores another state of it.
    STALE_MEMORY,
    /// A node forks before it writes that into its journal.
    FORK_BEFORE_JOURNAL
}
