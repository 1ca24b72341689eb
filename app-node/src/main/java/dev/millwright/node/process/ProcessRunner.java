package dev.millwright.node.process;

import dev.millwright.model.Parameters;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Runner;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Carry out leaves of the kind `process`: a script or a program in its own session, under a small
/// shell that outlives the node. Called from any thread.
public final class ProcessRunner implements Runner<Parameters> {
    static final String KIND = "process";

    /// How long a supervisor that lives is waited for until it has told its number.
    private static final Duration WRITTEN = Duration.ofSeconds(10);

    private static final List<String> USUAL_SHELL = List.of("sh", "-e");
    private static final long LONGEST_PAUSE_MILLIS = 20;

    private final SupervisorScript script = SupervisorScript.create();
    private final List<String> shell;

    public ProcessRunner() {
        this(USUAL_SHELL);
    }

    /// @param shell for scripts whose step names none
    public ProcessRunner(List<String> shell) {
        this.shell = List.copyOf(shell);
    }

    @Override
    public String kind() {
        return KIND;
    }

    /// [StepCommand] tells what is wrong with them.
    @Override
    public Class<Parameters> configuration() {
        return Parameters.class;
    }

    @Override
    public Execution start(WorkOrder order, Parameters step) {
        List<String> command = StepCommand.of(order, shell);
        ForkMark before = ForkMark.now();
        ProcessBuilder builder = new ProcessBuilder(script.argv(order.home(), command));
        builder.directory(order.directory().toFile());
        builder.redirectInput(SupervisorScript.NOTHING);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(order.outFile().toFile()));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(order.errFile().toFile()));
        builder.environment().clear();
        builder.environment().putAll(order.environment());
        builder.environment().put(ProcessTree.COOKIE, order.attempt().toString());
        try {
            Process process = builder.start();
            return new ProcessExecution(
                    order.home(),
                    new Supervised.Child(process),
                    new ProcessTree(order.attempt(), process.pid(), before));
        } catch (IOException refused) {
            throw new RunnerException(
                    "the system refused to start the step: " + refused.getMessage(), refused);
        }
    }

    @Override
    public boolean startsAtOnce() {
        return true;
    }

    @Override
    public Optional<Execution> attach(WorkOrder order, Parameters step) {
        return switch (claimed(order)) {
            case PidFile.Content.Never _ -> Optional.empty();
            case PidFile.Content.Cut _ -> Optional.of(found(order, new Supervised.Gone(-1, false)));
            case PidFile.Content.Began began -> Optional.of(found(order, supervisor(order, began)));
        };
    }

    /// Between making the file and writing it lie microseconds, unless the machine is busy or the
    /// supervisor stopped: as long as there is a process of the attempt, it may still write.
    private static PidFile.Content claimed(WorkOrder order) {
        ProcessTree tree = new ProcessTree(order.attempt(), -1, null);
        long deadline = System.nanoTime() + WRITTEN.toNanos();
        PidFile.Content content = PidFile.claim(order.home());
        boolean mayChange = true;
        // To look for processes is to read through all of the machine's
        long pause = 1;
        while (content instanceof PidFile.Content.Cut && mayChange) {
            boolean writes = !ProcessTree.HAS_PROC || !tree.members().isEmpty();
            mayChange = writes && System.nanoTime() - deadline < 0;
            content = again(order, pause);
            pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
        }
        return content;
    }

    private static PidFile.Content again(WorkOrder order, long pause) {
        try {
            Thread.sleep(pause);
            return PidFile.read(order.home());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RunnerException("interrupted while looking for " + order.attempt(), stopped);
        }
    }

    /// The number alone proves nothing, since numbers are used again: the process must carry the
    /// attempt's cookie and lead a session.
    private static Supervised supervisor(WorkOrder order, PidFile.Content.Began began) {
        long pid = began.pid();
        if (!began.boot().equals(MachineBoot.id())) {
            return new Supervised.Gone(pid, true);
        }
        if (!ProcessTree.HAS_PROC) {
            return new Supervised.Found(pid, -1);
        }
        ProcStat stat = ProcStat.of(pid);
        boolean ours =
                stat.isAlive()
                        && stat.session() == pid
                        && new ProcessTree(order.attempt(), pid, null).carriesCookie(pid);
        return ours ? new Supervised.Found(pid, stat.start()) : new Supervised.Gone(pid, false);
    }

    private static Execution found(WorkOrder order, Supervised supervisor) {
        // The session of a gone supervisor may by now be somebody else's
        long session = supervisor instanceof Supervised.Found ? supervisor.pid() : -1;
        return new ProcessExecution(
                order.home(), supervisor, new ProcessTree(order.attempt(), session, null));
    }
}
