package dev.millwright.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.Frame;
import dev.millwright.docker.engine.Engine;
import dev.millwright.docker.engine.Labels;
import dev.millwright.docker.settings.ContainerStep;
import dev.millwright.docker.settings.ServiceSettings;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Starts the containers beside a step, in a network that they have to themselves, and waits until
/// they can be used. Usable from any thread.
record Services(Engine engine, Images images, Containers containers, Labels labels) {
    private static final int PAUSE_MILLIS = 100;
    private static final int LINES_TOLD = 20;

    /// Throws [RunnerException] when one of them cannot be used. What was started by then is left
    /// to the caller.
    void start(WorkOrder order, ContainerStep step) throws InterruptedException {
        if (step.services().isEmpty()) {
            return;
        }
        boolean outside = step.network().equals("default");
        if (!outside && !step.network().equals("none")) {
            throw new RunnerException(
                    "'network: %s' does not go with 'services', which have a network of their own"
                            .formatted(step.network()));
        }
        var _ =
                engine.make(client ->
                        client.createNetworkCmd()
                                .withName(Labels.name(order.attempt()))
                                .withLabels(labels.of(order.attempt(), "network"))
                                .withInternal(!outside)
                                .exec());
        Map<ServiceSettings, String> started = new LinkedHashMap<>();
        for (ServiceSettings service : step.services()) {
            images.provide(service.image(), step.pull());
            String id =
                    engine.make(
                            client -> containers.service(client, order, service).exec().getId());
            engine.tell(client -> client.startContainerCmd(id).exec());
            started.put(service, id);
        }
        for (Map.Entry<ServiceSettings, String> one : started.entrySet()) {
            await(one.getKey(), one.getValue());
        }
    }

    private void await(ServiceSettings service, String id) throws InterruptedException {
        long deadline = System.nanoTime() + service.patience().toNanos();
        while (true) {
            ContainerState state =
                    engine.ask(client -> client.inspectContainerCmd(id).exec().getState());
            if (!Boolean.TRUE.equals(state.getRunning())) {
                throw unusable(
                        service, id, "ended with exit code %s".formatted(state.getExitCodeLong()));
            }
            String health = state.getHealth() == null ? "" : state.getHealth().getStatus();
            if (health == null
                    || health.isEmpty()
                    || health.equals("healthy")
                    || health.equals("none")) {
                return;
            }
            if (System.nanoTime() - deadline > 0) {
                throw unusable(
                        service,
                        id,
                        "was not healthy within %d s".formatted(service.patience().toSeconds()));
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private RunnerException unusable(ServiceSettings service, String id, String what)
            throws InterruptedException {
        StringBuilder told = new StringBuilder();
        var lines =
                new ResultCallback.Adapter<Frame>() {
                    @Override
                    public void onNext(Frame frame) {
                        told.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                    }
                };
        engine.tell(client ->
                client.logContainerCmd(id)
                        .withStdOut(true)
                        .withStdErr(true)
                        .withTail(LINES_TOLD)
                        .exec(lines)
                        .awaitCompletion());
        String output = told.toString().strip();
        return new RunnerException(
                "service '%s' (%s) %s; %s"
                        .formatted(
                                service.name(),
                                service.image(),
                                what,
                                output.isEmpty() ? "it wrote nothing" : "it wrote: " + output));
    }
}
