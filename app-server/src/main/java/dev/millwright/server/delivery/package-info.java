/// What came in from outside, stored before it is answered: each delivery starts at most one run.
/// Start reading at [dev.millwright.server.delivery.Intake].
@NullMarked
package dev.millwright.server.delivery;

import org.jspecify.annotations.NullMarked;
