package dev.millwright.testkit;

import dev.millwright.plugin.Default;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Runner;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A runner that does what its script says, and no work: for tests of everything around runners.
/// Called from any thread; made anew, it is the node after a restart and finds the work of the one
/// that it [#afterRestart] follows.
///
/// ```java
/// FakeRunner runner = new FakeRunner();
/// runner.start(order, new FakeRunner.Script(3, Duration.ofMillis(50), "out", "err", false, "", ""));
/// ```
public final class FakeRunner implements Runner<FakeRunner.Script> {
    private final Map<String, Scripted> live;
    private final List<WorkOrder> started = new CopyOnWriteArrayList<>();

    /// What one step does.
    ///
    /// @param exit the code that it ends with
    /// @param delay until it ends
    /// @param out what is written to standard output at the start
    /// @param err likewise, to standard error
    /// @param hang whether it ends only when it is stopped
    /// @param broken when not empty, it ends as broken with this cause
    /// @param refuse when not empty, it cannot be started, with this message
    public record Script(
            @Default("0") int exit,
            @Default("0s") Duration delay,
            @Default("") String out,
            @Default("") String err,
            @Default("false") boolean hang,
            @Default("") String broken,
            @Default("") String refuse) {}

    public FakeRunner() {
        this(new ConcurrentHashMap<>());
    }

    private FakeRunner(Map<String, Scripted> live) {
        this.live = live;
    }

    /// The runner of the node's next life.
    public FakeRunner afterRestart() {
        return new FakeRunner(live);
    }

    @Override
    public String kind() {
        return "fake";
    }

    @Override
    public Class<Script> configuration() {
        return Script.class;
    }

    /// All orders that were started here, in order.
    public List<WorkOrder> started() {
        return List.copyOf(started);
    }

    @Override
    public Execution start(WorkOrder order, Script step) {
        if (!step.refuse().isEmpty()) {
            throw new RunnerException(step.refuse());
        }
        try {
            append(order.outFile(), step.out());
            append(order.errFile(), step.err());
        } catch (IOException full) {
            throw new RunnerException("the output cannot be written: " + full, full);
        }
        Scripted work = new Scripted(step);
        live.put(order.attempt().toString(), work);
        started.add(order);
        return work;
    }

    private static void append(java.nio.file.Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public Optional<Execution> attach(WorkOrder order, Script step) {
        return Optional.ofNullable(live.get(order.attempt().toString()));
    }

    /// What the script says, over time.
    private static final class Scripted implements Execution {
        private final Script script;
        private final CountDownLatch stopped = new CountDownLatch(1);

        Scripted(Script script) {
            this.script = script;
        }

        @Override
        public Result await() throws InterruptedException {
            boolean ended = false;
            if (script.hang()) {
                stopped.await();
                ended = true;
            } else {
                ended = stopped.await(script.delay().toNanos(), TimeUnit.NANOSECONDS);
            }
            if (ended) {
                return new Result.Exited(143);
            }
            return script.broken().isEmpty()
                    ? new Result.Exited(script.exit())
                    : new Result.Broken(script.broken(), "the script says so");
        }

        @Override
        public void stop(Duration grace) {
            stopped.countDown();
        }
    }
}
