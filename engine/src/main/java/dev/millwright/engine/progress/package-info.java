/// The pure core: plan and step states to next states and actions. No clock, no I/O, no randomness.
/// Start reading at [Progress].
@NullMarked
package dev.millwright.engine.progress;

import org.jspecify.annotations.NullMarked;
