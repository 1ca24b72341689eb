/// Runs: create them from deliveries, drive them step by step, and answer questions about them.
/// Start reading at [RunDriver]; callers from other areas use [Runs].
@NullMarked
package dev.millwright.server.run;

import org.jspecify.annotations.NullMarked;
