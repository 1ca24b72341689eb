/// Tells when schedules fire: cron expressions, time zones, changes of the clock. Start reading at
/// [dev.millwright.server.trigger.schedule.CronSchedule].
@NullMarked
package dev.millwright.server.trigger.schedule;

import org.jspecify.annotations.NullMarked;
