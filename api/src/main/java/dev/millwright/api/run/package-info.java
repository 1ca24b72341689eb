/// Runs, their steps and their logs as they travel; a component that may be missing is nullable.
/// Start reading at [RunSummary].
@NullMarked
package dev.millwright.api.run;

import org.jspecify.annotations.NullMarked;
