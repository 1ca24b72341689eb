/// Which node takes which step. Start reading at [Placement].
@NullMarked
package dev.millwright.engine.placement;

import org.jspecify.annotations.NullMarked;
