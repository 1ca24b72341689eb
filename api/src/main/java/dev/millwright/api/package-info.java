/// The HTTP contract as Java: what every route takes and gives, and a blocking client for it. Start
/// reading at [MillwrightClient].
@NullMarked
package dev.millwright.api;

import org.jspecify.annotations.NullMarked;
