/// Turns the outside world into runs: webhooks, generic hooks and schedules. Start reading at
/// [dev.millwright.server.trigger.TriggerMeaning].
@NullMarked
package dev.millwright.server.trigger;

import org.jspecify.annotations.NullMarked;
