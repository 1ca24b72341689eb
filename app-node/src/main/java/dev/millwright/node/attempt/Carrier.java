package dev.millwright.node.attempt;

import dev.millwright.engine.binding.BindingException;
import dev.millwright.engine.binding.KnownSecrets;
import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.call.HostedRunner;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Runner;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.util.Map;
import java.util.Optional;

/// A runner as the node uses it: it gets the parameters of a step in the form that it asks for.
///
/// Called from any thread.
///
/// @param secrets of this node, for parameters that are secrets
public record Carrier(Runner<?> runner, SecretSource secrets) {

    /// The same for one step that came with secrets of stores.
    ///
    /// @param values by their references
    Carrier knowing(Map<String, Secret> values) {
        return new Carrier(
                runner instanceof HostedRunner hosted ? hosted.knowing(values) : runner,
                KnownSecrets.of(secrets, values));
    }

    boolean startsAtOnce() {
        return runner.startsAtOnce();
    }

    public Execution start(WorkOrder order) throws InterruptedException {
        return start(runner, order);
    }

    public Optional<Execution> attach(WorkOrder order) throws InterruptedException {
        return attach(runner, order);
    }

    private <C extends Record> Execution start(Runner<C> typed, WorkOrder order)
            throws InterruptedException {
        return typed.start(order, bound(typed, order, secrets));
    }

    private <C extends Record> Optional<Execution> attach(Runner<C> typed, WorkOrder order)
            throws InterruptedException {
        return typed.attach(order, bound(typed, order, KnownSecrets.forgotten(secrets)));
    }

    private static <C extends Record> C bound(
            Runner<C> typed, WorkOrder order, SecretSource secrets) {
        try {
            return RecordBinder.bind(typed.configuration(), order.parameters(), secrets);
        } catch (BindingException unfit) {
            throw new RunnerException(
                    "the step does not fit the runner '%s': %s"
                            .formatted(typed.kind(), unfit.getMessage()),
                    unfit);
        }
    }
}
