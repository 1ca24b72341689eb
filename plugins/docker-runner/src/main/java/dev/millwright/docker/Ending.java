package dev.millwright.docker;

import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import dev.millwright.docker.engine.Engine;
import dev.millwright.docker.engine.EngineAwayException;
import dev.millwright.docker.engine.Labels;
import dev.millwright.docker.engine.Leftovers;
import dev.millwright.docker.settings.DockerSettings;
import dev.millwright.plugin.runner.Execution.Result;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done once the container of a step has ended: files that belong to somebody else are
/// given back, the result is written down, and everything is removed. Usable from any thread.
///
/// @param image of the step
/// @param others whether somebody else than the owner of the workspace may have written into it
record Ending(Engine engine, DockerSettings settings, Labels labels, String image, boolean others) {
    private static final Logger log = LoggerFactory.getLogger(Ending.class);

    /// Gives the result that counts.
    Result settle(WorkOrder order, Result followed) throws InterruptedException {
        Result result = followed;
        try {
            if (others) {
                giveBack(order);
            }
        } catch (DockerException | EngineAwayException | IOException failed) {
            result =
                    new Result.Broken(
                            "workspace",
                            "files of the step belong to another user and could not be given back: "
                                    + failed.getMessage());
        }
        try {
            new AttemptTraces(order.home()).end(result);
        } catch (RunnerException full) {
            log.warn(
                    "attempt {} is lost should the node be restarted now: {}",
                    order.attempt(),
                    full.getMessage());
        }
        remove(order);
        return result;
    }

    private void remove(WorkOrder order) throws InterruptedException {
        try {
            new Leftovers(engine, labels.owner()).remove(order.attempt());
        } catch (DockerException | EngineAwayException failed) {
            log.warn(
                    "what attempt {} has at the container engine is left to the next start of the node: {}",
                    order.attempt(),
                    failed.getMessage());
        }
    }

    private void giveBack(WorkOrder order) throws IOException, InterruptedException {
        ContainerUser owner = ContainerUser.ownerOf(order.workspace());
        List<Path> folders = List.of(order.workspace(), StepMounts.userHome(order));
        if (!ForeignFiles.areIn(folders, owner)) {
            return;
        }
        Containers containers = new Containers(settings, labels, engine.flavour());
        String id =
                engine.ask(client ->
                        containers.giveBack(client, order, image, folders, owner).exec().getId());
        engine.tell(client -> client.startContainerCmd(id).exec());
        int code =
                engine.ask(client ->
                        client.waitContainerCmd(id)
                                .exec(new WaitContainerResultCallback())
                                .awaitStatusCode());
        if (code != 0) {
            throw new IOException("'chown' of image '%s' ended with %d".formatted(image, code));
        }
    }
}
