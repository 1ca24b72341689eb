package dev.millwright.docker;

import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.millwright.docker.engine.Engine;
import dev.millwright.docker.engine.EngineAddress;
import dev.millwright.docker.engine.EngineAwayException;
import dev.millwright.docker.engine.EngineKeys;
import dev.millwright.docker.engine.Labels;
import dev.millwright.docker.engine.Leftovers;
import dev.millwright.docker.settings.ContainerStep;
import dev.millwright.docker.settings.DockerSettings;
import dev.millwright.docker.settings.Policy;
import dev.millwright.model.AttemptId;
import dev.millwright.plugin.PluginContext;
import dev.millwright.plugin.PluginException;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Execution.Result;
import dev.millwright.plugin.runner.Runner;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carry out leaves of the kind `container` with the engine of this machine, Docker or Podman.
///
/// A container lives on when the node ends, and so does its output, which the engine keeps: the
/// next life of the node finds it by the attempt's id. Usable from any thread between `open` and
/// `close`.
public final class DockerRunner implements Runner<ContainerStep> {
    private static final Logger log = LoggerFactory.getLogger(DockerRunner.class);

    private @Nullable Life life;

    /// What there is between `open` and `close`.
    private record Life(DockerSettings settings, Engine engine, Labels labels) {
        Leftovers leftovers() {
            return new Leftovers(engine, labels.owner());
        }

        Ending ending(ContainerStep step) {
            boolean others = step.user().isPresent() || step.privileged();
            return new Ending(engine, settings, labels, step.image().orElse(""), others);
        }
    }

    @Override
    public String kind() {
        return "container";
    }

    @Override
    public Class<ContainerStep> configuration() {
        return ContainerStep.class;
    }

    @Override
    public synchronized void open(PluginContext context) {
        DockerSettings settings = context.settings(DockerSettings.class);
        settings.host()
                .ifPresent(host -> {
                    var _ = EngineAddress.parsed(host);
                });
        Engine engine =
                new Engine(
                        new EngineAddress(settings.host(), System.getenv()),
                        EngineKeys.of(settings.tls(), System.getenv()));
        life = new Life(settings, engine, new Labels(OwnerFile.in(context.folder())));
    }

    @Override
    public synchronized void close() {
        if (life != null) {
            life.engine().close();
            life = null;
        }
    }

    private synchronized Life life() {
        if (life == null) {
            throw new PluginException("the plugin is closed");
        }
        return life;
    }

    @Override
    public Execution start(WorkOrder order, ContainerStep step) throws InterruptedException {
        Life now = life();
        new Policy(now.settings()).check(step);
        StepCredentials.check(order.parameters());
        try {
            begin(now, order, step);
            return new ContainerExecution(
                    now.engine(), now.ending(step), order, now.settings().patience());
        } catch (DockerException refused) {
            undo(now, order);
            throw new RunnerException(Refusal.of(step, Engine.said(refused)), refused);
        } catch (RuntimeException | InterruptedException failed) {
            undo(now, order);
            throw failed;
        }
    }

    private static void begin(Life now, WorkOrder order, ContainerStep step)
            throws InterruptedException {
        Images images = new Images(now.engine(), now.settings(), step.registries());
        images.provide(step.image().orElseThrow(), step.pull());
        Containers containers =
                new Containers(now.settings(), now.labels(), now.engine().flavour());
        new Services(now.engine(), images, containers, now.labels()).start(order, step);
        String id =
                now.engine().make(client -> containers.step(client, order, step).exec().getId());
        new AttemptTraces(order.home()).starting();
        now.engine().tell(client -> client.startContainerCmd(id).exec());
    }

    /// An interrupt that comes now is for the start, which has failed already.
    private static void undo(Life now, WorkOrder order) {
        boolean interrupted = Thread.interrupted();
        try {
            now.leftovers().remove(order.attempt());
            new AttemptTraces(order.home()).notStarted();
        } catch (DockerException | PluginException failed) {
            log.warn(
                    "what attempt {} has at the container engine is left to the next start of the node: {}",
                    order.attempt(),
                    failed.getMessage());
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<Execution> attach(WorkOrder order, ContainerStep step)
            throws InterruptedException {
        Life now = life();
        AttemptTraces traces = new AttemptTraces(order.home());
        Optional<Result> ended = traces.result();
        if (ended.isPresent()) {
            return Optional.of(new Ended(ended.get(), now.leftovers(), order.attempt()));
        }
        boolean began;
        try {
            began = isBegun(now, order);
        } catch (EngineAwayException away) {
            if (!traces.mayHaveStarted()) {
                return Optional.empty();
            }
            began = true;
        }
        if (!began) {
            now.leftovers().remove(order.attempt());
            traces.notStarted();
            return Optional.empty();
        }
        return Optional.of(
                new ContainerExecution(
                        now.engine(), now.ending(step), order, now.settings().patience()));
    }

    /// A container that is there and was not started never will be, once it is removed.
    private static boolean isBegun(Life now, WorkOrder order) throws InterruptedException {
        try {
            ContainerState state =
                    now.engine()
                            .ask(client ->
                                    client.inspectContainerCmd(Labels.name(order.attempt()))
                                            .exec()
                                            .getState());
            return !"created".equals(state.getStatus());
        } catch (NotFoundException absent) {
            return new AttemptTraces(order.home()).mayHaveStarted();
        }
    }

    @Override
    public Optional<String> obstacle() throws InterruptedException {
        try {
            life().engine().tell(client -> client.pingCmd().exec());
            return Optional.empty();
        } catch (DockerException refused) {
            return Optional.of("the container engine says: " + Engine.said(refused));
        } catch (PluginException away) {
            // It does not answer, or cannot even be asked
            return Optional.of(String.valueOf(away.getMessage()));
        }
    }

    @Override
    public void sweep(Set<AttemptId> live) throws InterruptedException {
        life().leftovers().removeAllBut(live);
    }

    /// What had ended before the node was started again.
    private record Ended(Result result, Leftovers leftovers, AttemptId attempt)
            implements Execution {
        @Override
        public Result await() throws InterruptedException {
            try {
                leftovers.remove(attempt);
            } catch (DockerException | EngineAwayException unreachable) {
                log.warn("attempt {} is not cleared away: {}", attempt, unreachable.getMessage());
            }
            return result;
        }

        @Override
        public void stop(Duration grace) {
            // It has ended
        }
    }
}
