package dev.millwright.node.attempt;

import dev.millwright.node.Assignment;
import org.jspecify.annotations.Nullable;

/// What the journal says when an attempt is taken.
///
/// @param boot of the machine at that time
/// @param bootAgeMillis how long ago the boot was; null where the machine does not tell
record JournalEntry(String boot, @Nullable Long bootAgeMillis, Assignment assignment) {}
