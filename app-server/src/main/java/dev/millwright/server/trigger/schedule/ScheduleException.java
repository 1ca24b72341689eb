package dev.millwright.server.trigger.schedule;

import dev.millwright.model.MillwrightException;

/// A cron expression could not be understood.
public final class ScheduleException extends MillwrightException {
    private static final long serialVersionUID = 1L;

    ScheduleException(String message) {
        super(message);
    }
}
