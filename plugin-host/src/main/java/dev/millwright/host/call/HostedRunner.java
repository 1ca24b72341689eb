package dev.millwright.host.call;

import dev.millwright.engine.binding.BindingException;
import dev.millwright.engine.binding.KnownSecrets;
import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.use.PluginCallException;
import dev.millwright.host.use.Use;
import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Runner;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A runner that may come from a plugin, as the node uses it: work keeps its plugin loaded until it
/// has ended, and all that goes wrong is a [RunnerException].
///
/// Called from any thread.
public record HostedRunner(Use<Runner<?>> use, SecretSource secrets) implements Runner<Parameters> {
    private static final Duration START = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofSeconds(60);
    private static final Duration OBSTACLE = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(10);

    /// How long a plugin may take to undo a start that was stopped, such as removing a container.
    private static final Duration UNDO = Duration.ofSeconds(30);

    /// Work takes as long as it takes; its timeout is the node's business.
    private static final Duration WORK = Duration.ofDays(3_650);

    /// The same for one step that came with secrets of stores.
    ///
    /// @param values by their references
    public HostedRunner knowing(Map<String, Secret> values) {
        return new HostedRunner(use, KnownSecrets.of(secrets, values));
    }

    @Override
    public String kind() {
        return use.kind();
    }

    @Override
    public Class<Parameters> configuration() {
        return Parameters.class;
    }

    @Override
    public boolean startsAtOnce() {
        try {
            return use.call("startsAtOnce", LOOK, Runner::startsAtOnce);
        } catch (PluginCallException unknown) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Execution start(WorkOrder order, Parameters step) throws InterruptedException {
        Use.Hold hold = hold();
        LateStart late = new LateStart(use);
        try {
            return new Held(
                    hold,
                    use.call(
                            "start", START, runner -> late.begin(() -> start(runner, order, step))),
                    use);
        } catch (BindingException | PluginCallException refused) {
            late.unwanted();
            hold.close();
            throw broken(refused);
        } catch (RuntimeException refused) {
            late.unwanted();
            hold.close();
            throw refused;
        } catch (InterruptedException stopped) {
            late.unwanted();
            try {
                // Who stops a step wants to find nothing of it afterwards
                late.awaitOver(UNDO);
            } finally {
                hold.close();
            }
            throw stopped;
        }
    }

    private <C extends Record> Execution start(Runner<C> typed, WorkOrder order, Parameters step)
            throws InterruptedException {
        return typed.start(order, bound(typed, step, secrets));
    }

    @Override
    public Optional<Execution> attach(WorkOrder order, Parameters step)
            throws InterruptedException {
        Use.Hold hold = hold();
        Optional<Execution> found = Optional.empty();
        try {
            found = use.call("attach", LOOK, runner -> attach(runner, order, step));
            return found.map(execution -> new Held(hold, execution, use));
        } catch (BindingException | PluginCallException refused) {
            throw broken(refused);
        } finally {
            if (found.isEmpty()) {
                hold.close();
            }
        }
    }

    private <C extends Record> Optional<Execution> attach(
            Runner<C> typed, WorkOrder order, Parameters step) throws InterruptedException {
        return typed.attach(order, bound(typed, step, KnownSecrets.forgotten(secrets)));
    }

    @Override
    public Optional<String> obstacle() throws InterruptedException {
        try {
            return use.call("obstacle", OBSTACLE, Runner::obstacle);
        } catch (PluginCallException failed) {
            return Optional.of(String.valueOf(failed.getMessage()));
        }
    }

    @Override
    public void sweep(Set<AttemptId> live) throws InterruptedException {
        var _ =
                use.call(
                        "sweep",
                        LOOK,
                        runner -> {
                            runner.sweep(live);
                            return true;
                        });
    }

    private static <C extends Record> C bound(
            Runner<C> typed, Parameters step, SecretSource secrets) {
        return RecordBinder.bind(typed.configuration(), step, secrets);
    }

    private Use.Hold hold() {
        try {
            return use.hold();
        } catch (PluginCallException gone) {
            throw broken(gone);
        }
    }

    private RunnerException broken(RuntimeException refused) {
        String message =
                refused instanceof BindingException
                        ? "the step does not fit the runner '%s': %s"
                                .formatted(kind(), refused.getMessage())
                        : String.valueOf(refused.getMessage());
        return new RunnerException(message, refused);
    }

    /// Work of a plugin.
    record Held(Use.Hold hold, Execution inner, Use<Runner<?>> use) implements Execution {
        @Override
        public Result await() throws InterruptedException {
            try {
                @Nullable Result result = use.call("await", WORK, _ -> inner.await());
                return result == null ? broken("the runner tells no result") : result;
            } catch (PluginCallException failed) {
                return broken(String.valueOf(failed.getMessage()));
            } finally {
                hold.close();
            }
        }

        private static Result broken(String message) {
            return new Result.Broken("runner", message);
        }

        @Override
        public void stop(Duration grace) {
            try {
                var _ =
                        use.call(
                                "stop",
                                STOP,
                                _ -> {
                                    inner.stop(grace);
                                    return true;
                                });
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (PluginCallException gone) {
                // It has ended, or its end tells what is wrong with it
            }
        }
    }
}
