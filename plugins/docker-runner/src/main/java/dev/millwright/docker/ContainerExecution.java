package dev.millwright.docker;

import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.millwright.docker.engine.Engine;
import dev.millwright.docker.engine.EngineAwayException;
import dev.millwright.docker.engine.Labels;
import dev.millwright.docker.engine.LogCopy;
import dev.millwright.docker.engine.StopLadder;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A container that has been started, by this life of the node or an earlier one. Called from any
/// thread.
final class ContainerExecution implements Execution {
    private static final Logger log = LoggerFactory.getLogger(ContainerExecution.class);
    private static final long PAUSE_MILLIS = 200;

    private final Engine engine;
    private final Ending ending;
    private final WorkOrder order;
    private final String container;
    private final Duration patience;
    private final StopLadder ladder;

    /// @param patience how long the engine may be away
    ContainerExecution(Engine engine, Ending ending, WorkOrder order, Duration patience) {
        this.engine = engine;
        this.ending = ending;
        this.order = order;
        this.container = Labels.name(order.attempt());
        this.patience = patience;
        this.ladder = new StopLadder(engine, container);
    }

    @Override
    public Result await() throws InterruptedException {
        try {
            return ending.settle(order, follow());
        } finally {
            ladder.close();
        }
    }

    @Override
    public void stop(Duration grace) {
        ladder.stop(grace);
    }

    /// Until it has ended and all of its output is in the files.
    private Result follow() throws InterruptedException {
        Absence absence = new Absence(patience);
        while (true) {
            long begun = System.nanoTime();
            try {
                // Whether it can be followed: the client makes a lot of noise when it cannot
                var _ = state();
                boolean whole = LogCopy.toTheEnd(engine, container, order);
                ContainerState state = state();
                boolean ended = !Boolean.TRUE.equals(state.getRunning());
                if (ended && (whole || absence.isTooLong(begun))) {
                    return result(state);
                }
            } catch (NotFoundException removed) {
                return new Result.Broken(
                        "lost", "somebody removed the step's container while it ran");
            } catch (EngineAwayException | DockerException away) {
                // An engine that goes down may still answer, with an error
                log.debug("container {} cannot be followed", container, away);
                if (absence.isTooLong(begun)) {
                    return new Result.Broken("lost", reason(away));
                }
            } catch (IOException full) {
                return new Result.Broken(
                        "output", "the output cannot be kept: " + full.getMessage());
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static String reason(RuntimeException away) {
        return away instanceof DockerException answer
                ? "the container engine does not tell about the step: " + Engine.said(answer)
                : String.valueOf(away.getMessage());
    }

    private ContainerState state() throws InterruptedException {
        return engine.ask(client -> client.inspectContainerCmd(container).exec().getState());
    }

    /// How long nothing but failures have come, one after another.
    private static final class Absence {
        private static final long LONG_NANOS = TimeUnit.MINUTES.toNanos(1);

        private final long patience;
        private long since;

        Absence(Duration patience) {
            this.patience = patience.toNanos();
        }

        /// @param begun when that was begun which has failed now; what went well for long before it
        ///   failed is a new trouble
        boolean isTooLong(long begun) {
            long now = System.nanoTime();
            if (since == 0 || now - begun > Math.max(patience, LONG_NANOS)) {
                since = now;
            }
            return now - since > patience;
        }
    }

    private static Result result(ContainerState state) {
        Long code = state.getExitCodeLong();
        int exit = code == null ? -1 : code.intValue();
        if (exit != 0 && Boolean.TRUE.equals(state.getOOMKilled())) {
            return new Result.Broken(
                    "out-of-memory",
                    "the step took more memory than it may; it ended with exit code " + exit);
        }
        return new Result.Exited(exit);
    }
}
