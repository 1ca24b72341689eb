/// How far a run has come: phases, outcomes, and the state of each step. Start reading at
/// [RunState].
@NullMarked
package dev.millwright.model.run;

import org.jspecify.annotations.NullMarked;
