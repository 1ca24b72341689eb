package dev.millwright.engine.progress;

/// The words that the core itself puts into a step's cause. Nodes and the scheduler add their own.
final class Cause {
    static final String APPROVAL = "approval";
    static final String CANCELLED = "cancelled";
    static final String CONDITION = "condition";
    static final String EARLIER_FAILURE = "earlier-failure";
    static final String FAIL_FAST = "fail-fast";
    static final String LOST = "lost";
    static final String NOT_STARTED = "not-started";

    /// A step around this one ran out of time; `TIMEOUT` is the step's own time.
    static final String OUTER_TIMEOUT = "outer-timeout";

    static final String REJECTED = "rejected";

    /// The rerun begins at a later step.
    static final String RERUN = "rerun";

    static final String RETRY = "retry";
    static final String SETUP = "setup";

    /// A step inside went bad.
    static final String STEP = "step";

    static final String TIMEOUT = "timeout";
    static final String WAIT = "wait";

    private Cause() {}
}
