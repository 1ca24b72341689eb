/// From what an author wrote to what a run will do: inputs bound, matrices expanded, paths given.
/// Start reading at [Planner].
@NullMarked
package dev.millwright.engine.plan;

import org.jspecify.annotations.NullMarked;
