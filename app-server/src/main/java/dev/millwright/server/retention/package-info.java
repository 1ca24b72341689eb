/// Forget old runs, logs, deliveries and events, in small batches, and give the space back. Start
/// reading at [Retention].
@NullMarked
package dev.millwright.server.retention;

import org.jspecify.annotations.NullMarked;
