package dev.millwright.node.process;

import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Runner;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.util.Optional;

/// Carry out leaves of the kind `process`.
public final class ProcessRunner implements Runner {
    @Override
    public String kind() {
        return "process";
    }

    @Override
    public Execution start(WorkOrder order) {
        throw new RunnerException("not there yet");
    }

    @Override
    public Optional<Execution> attach(WorkOrder order) {
        return Optional.empty();
    }
}
