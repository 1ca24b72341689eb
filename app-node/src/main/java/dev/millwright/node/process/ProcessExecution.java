package dev.millwright.node.process;

import dev.millwright.plugin.runner.Execution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// One supervised process with all that it started. Called from any thread.
///
/// When the step's own process ends by itself, whatever it left running is killed at once. When it
/// is stopped, all its processes get TERM and the grace time before they are killed.
final class ProcessExecution implements Execution {
    private static final long LONGEST_PAUSE_MILLIS = 20;

    private final Path home;
    private final Supervised supervisor;
    private final ProcessTree tree;
    private @Nullable Thread ladder;
    private volatile long deadline;
    private boolean ended;

    ProcessExecution(Path home, Supervised supervisor, ProcessTree tree) {
        this.home = home;
        this.supervisor = supervisor;
        this.tree = tree;
    }

    @Override
    public Result await() throws InterruptedException {
        supervisor.awaitExit();
        Thread stopping = markEnded();
        if (stopping != null) {
            stopping.join();
        }
        tree.sweep();
        return result();
    }

    private synchronized @Nullable Thread markEnded() {
        ended = true;
        return ladder;
    }

    @Override
    public synchronized void stop(Duration grace) {
        long wanted = System.nanoTime() + grace.toNanos();
        if (ended) {
            return;
        }
        if (ladder == null) {
            deadline = wanted;
            ladder = Thread.ofVirtual().name("stop-" + supervisor.pid()).start(this::climb);
        } else if (wanted - deadline < 0) {
            deadline = wanted;
        }
    }

    private void climb() {
        try {
            if (supervisor.isAlive()) {
                ProcessGroup.terminate(supervisor.pid());
            }
            long pause = 1;
            while (System.nanoTime() - deadline < 0 && !tree.members().isEmpty()) {
                Thread.sleep(pause);
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
            }
            if (supervisor.isAlive()) {
                ProcessGroup.kill(supervisor.pid());
            }
            tree.sweep();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Result result() {
        OptionalInt code = PidFile.exitCode(home);
        if (code.isPresent()) {
            return new Result.Exited(code.getAsInt());
        }
        return switch (supervisor) {
            case Supervised.Child _ ->
                    new Result.Broken(
                            "killed",
                            "the step's supervising shell was killed from outside, so there is no"
                                    + " exit code; all processes of the step were ended");
            case Supervised.Gone(_, boolean otherBoot) when otherBoot ->
                    new Result.Broken("lost", "the machine was restarted while the step ran");
            case Supervised.Gone _, Supervised.Found _ ->
                    new Result.Broken(
                            "lost",
                            "the step's process ended while nobody watched and left no exit code");
        };
    }
}
