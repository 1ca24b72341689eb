package dev.millwright.server.run;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.run.RunState;

/// A run as the driver holds it between two decisions: what is stored, decoded.
record ActiveRun(RunRecord record, Plan plan, RunState state) {}
