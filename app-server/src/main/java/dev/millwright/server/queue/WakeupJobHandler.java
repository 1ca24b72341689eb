package dev.millwright.server.queue;

import org.jobrunr.jobs.lambdas.JobRequestHandler;

/// Hand stored wake-ups to the server's own handler. Called from any thread.
public final class WakeupJobHandler implements JobRequestHandler<WakeupJob> {
    private final WakeupHandler handler;

    WakeupJobHandler(WakeupHandler handler) {
        this.handler = handler;
    }

    @Override
    public void run(WakeupJob job) {
        handler.handle(job.toWakeup());
    }
}
