/// The words every module shares: ids, labels and durations, as immutable values. Start reading at
/// [dev.millwright.model.plan.Plan] (what is to be done) and [dev.millwright.model.run.RunState]
/// (how far it has come).
@NullMarked
package dev.millwright.model;

import org.jspecify.annotations.NullMarked;
